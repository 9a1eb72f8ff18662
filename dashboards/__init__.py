"""Streamlit pages over the ledger: they arrange, they don't compute."""
