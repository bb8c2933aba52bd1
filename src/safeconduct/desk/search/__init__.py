"""Somebody looked for by name, telephone, paper or code: in memory alone, and only while keys are open."""
