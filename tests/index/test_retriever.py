"""The retriever keeps LangChain's own contract."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import Counting, write_agreement
from langchain_core.retrievers import BaseRetriever

from corpus.library import Library
from index.retriever import ClauseRetriever
from index.search import Searcher

tests = pytest.importorskip("langchain_tests.integration_tests")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    root = tmp_path_factory.mktemp("agreements")
    write_agreement(root, "aa", "電話利用規約", "電話")
    write_agreement(root, "bb", "回線利用規約", "カイセン")
    return Searcher(Library.load(Path(root)), Counting(), None, packaged=None)


@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore:The test .* is marked with")
class TestStandard(tests.RetrieversIntegrationTests):  # type: ignore[misc, name-defined]
    @pytest.fixture(autouse=True)
    def _searcher(self, shared: Searcher) -> None:
        type(self).searcher = shared

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ClauseRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return {"searcher": self.searcher}

    @property
    def retriever_query_example(self) -> str:
        return "解約の通知はいつまで"


def test_a_document_is_the_clause_word_for_word_with_its_place(shared: Searcher) -> None:
    found = ClauseRetriever(searcher=shared, agreement="aa", k=1).invoke("第2条第2項")[0]
    assert found.page_content == shared.library.clause("aa:2.2").full_text
    assert found.metadata["id"] == found.id == "aa:2.2"
    assert found.metadata["version"] == "2024-04-01"
    assert found.metadata["place"] == "電話利用規約 第2条第2項"
