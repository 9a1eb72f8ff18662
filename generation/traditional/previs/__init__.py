"""Previsualisation: one blocked scene, many camera options, planned and shown as an animatic."""
