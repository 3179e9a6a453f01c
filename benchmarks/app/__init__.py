"""How fast is the terminal app?"""
