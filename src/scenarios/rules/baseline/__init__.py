"""The floor: what the catalogues of controls ask of single resources, judged where it is asked for."""
