// Nothing: this file is what the precompiled headers are made with.
