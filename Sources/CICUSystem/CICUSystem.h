// Links ICU; its headers stay behind the shim CICU.
