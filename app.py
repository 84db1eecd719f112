"""The Streamlit app: `streamlit run app.py`. Everything is in `assistant/pages/`."""

from assistant.pages import shell

shell.run()
