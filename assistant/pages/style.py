"""The look: quiet, legible, light and dark, from 390 px up; and Japanese where Streamlit is not."""

from __future__ import annotations

import streamlit as st

from assistant.pages import localising

#: colours follow the theme: `currentColor` and mixes of it, so light and dark need one sheet
CSS = """
<style>
.stMainBlockContainer { max-width: 52rem; padding: 3.25rem 1.25rem 7rem; }
.stAppDeployButton, [data-testid="stStatusWidget"], [data-testid="InputInstructions"],
[data-testid="stMainMenu"], [data-testid="stElementToolbar"] { display: none !important; }
h1 { font-size: 1.5rem !important; padding: 0 0 .25rem !important; }
h2 { font-size: 1.2rem !important; } h3 { font-size: 1.05rem !important; }
.yk { line-height: 1.85; overflow-wrap: anywhere; }
.yk-text { white-space: pre-wrap; font-size: 1.02rem; }
.yk-muted { opacity: .82; font-size: .86rem; line-height: 1.7; }
.yk-badge { display: inline-block; padding: .05rem .6rem; border-radius: 1rem; font-size: .82rem;
  border: 1px solid currentColor; margin-bottom: .35rem; }
.yk-card { border: 1px solid color-mix(in srgb, currentColor 22%, transparent);
  border-left: .25rem solid color-mix(in srgb, currentColor 55%, transparent);
  border-radius: .5rem; padding: .7rem .9rem; }
.yk-card h4 { font-size: .95rem; margin: 0; padding: 0; font-weight: 700; line-height: 1.6; }
.yk-card blockquote { margin: .45rem 0 0; padding: 0; border: 0; white-space: pre-wrap;
  font-size: .95rem; line-height: 1.85; color: inherit; }
.yk-card code { font-size: .78rem; opacity: .85; background: none; color: inherit; padding: 0; }
.yk mark { color: inherit; font-weight: 700; border-radius: .15rem; padding: 0 .08rem;
  background: color-mix(in srgb, #f2b705 36%, transparent); }
.yk-total { font-size: 1.9rem; font-weight: 700; line-height: 1.3; font-variant-numeric: tabular-nums; }
.yk-scroll { overflow-x: auto; }
.yk table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .3rem 0; }
.yk th, .yk td { text-align: left; vertical-align: top; padding: .4rem .55rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); line-height: 1.6; }
.yk th { font-weight: 600; white-space: nowrap; }
.yk th.yk-num { text-align: right; }
.yk td.yk-num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.yk-problem { border-left: .25rem solid #c2410c; padding: .5rem .9rem; }
.yk-warning { border-left: .25rem solid #b7791f; padding: .3rem .9rem; }
.yk-ask { scroll-margin-top: 4rem; border-radius: .6rem; padding: .55rem .9rem; font-weight: 600; white-space: pre-wrap;
  background: color-mix(in srgb, currentColor 8%, transparent); }
.yk-foot { margin-top: 2rem; padding-top: .7rem;
  border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.yk a { color: inherit; text-decoration: underline; }
.yk ul { margin: .2rem 0; padding-left: 1.3rem; } .yk li { margin: .15rem 0; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding: 3rem .9rem 7rem; }
  .yk-steps thead { position: absolute; clip-path: inset(50%); }
  .yk-steps tr { display: block; padding: .35rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
  .yk-steps th, .yk-steps td { display: block; border: 0; padding: .05rem .2rem; white-space: normal; }
  .yk-steps td.yk-num { text-align: left; font-weight: 600; white-space: normal; }
}
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: inherit !important; background: transparent !important; }
[data-testid="stMultiSelect"] [data-tag] { border: 1px solid currentColor; }
@media print { section[data-testid="stSidebar"], .stBottom { display: none; } }
</style>
"""


def apply() -> None:
    """Put the style sheet and the language into the page."""
    st.html(CSS)
    st.html(localising.script(), unsafe_allow_javascript=True)
