"""The search as a LangChain retriever, for chains and agents; the only index file with LangChain."""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.search import Hit, Searcher


class ClauseRetriever(BaseRetriever):
    """Clauses for a question, best first, as LangChain documents.

    `page_content` is the clause word for word; metadata: id (address), agreement, version
    (ISO date), place (in Japanese) and score. `k` may also be given per call.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher = Field(repr=False)
    agreement: str | None = None
    k: int = 4
    as_of: date | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        """Search; `kwargs` may hold k, agreement and as_of for this call only."""
        hits = self.searcher.search(
            query,
            kwargs.get("agreement", self.agreement),
            kwargs.get("k", self.k),
            kwargs.get("as_of", self.as_of),
        )
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> Document:
        version = self.searcher.library.version(hit.agreement, hit.version)
        return Document(
            id=str(hit.address),
            page_content=hit.quote,
            metadata={
                "id": str(hit.address),
                "agreement": hit.agreement,
                "version": hit.version.isoformat(),
                "place": version.display(hit.address),
                "score": hit.score,
            },
        )
