"""A made-up slate whose truth is known: something to try comparisons, bids and pages on before real facts are there."""
