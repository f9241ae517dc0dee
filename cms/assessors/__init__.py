"""Evidence for assessors: what the office answers to each item of a yearly list, and proves."""
