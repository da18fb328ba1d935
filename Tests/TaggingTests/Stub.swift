import Tagging
