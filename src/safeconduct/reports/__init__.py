"""What a person reads of a main job: the brief, its figures, its plain files and its summary."""
