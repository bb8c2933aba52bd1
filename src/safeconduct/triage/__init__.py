"""Who is most at risk, with reasons: assessments, overrides, the rulebook in force, like cases beside each other."""
