"""How is this used, from installing it to what each message means?"""

from view import manual

manual.draw()
