import LayerFiles
