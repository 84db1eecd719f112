"""Answering: question understanding, planning, answers, surfaces."""
