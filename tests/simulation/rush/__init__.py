"""The rush: eight dialers, and everybody who says no, holds, corrects or imports, on the same few lines."""
