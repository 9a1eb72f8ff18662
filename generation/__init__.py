"""Renders test shots by both workflows and meters them."""
