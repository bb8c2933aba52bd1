"""An office's own figures: how far its pleas have come, where its families are, how old its open cases are, and where
the work is stuck. For members who see the covers anyway: counts are whole here, and protected wherever they leave.
"""
