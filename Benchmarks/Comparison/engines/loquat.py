"""Loquat, through the program itself; it reports the time from the parsed query to the result."""
import subprocess

NAME = "Loquat"
program = "loquat"


def build(path, folder):
    index = ["--index", folder]
    run([program, "index", path, "--jsonl", "--analyzer", "whitespace", "--store", "ids", "--threads", "1", *index])
    run([program, "optimize", "--max-segments", "1", *index])


def run(command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class Searcher:
    def __init__(self, folder):
        command = [program, "protocol", "--timings", "--index", folder]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def prepare(self, query):
        return str(query)

    def run(self, command, prepared):
        self.process.stdin.write(f"{command}\t{prepared}\n")
        answer = self.process.stdout.readline().split("\t")
        if len(answer) < 2:
            raise RuntimeError(f"loquat answered {answer} to {command} {prepared}")
        return (int(answer[0]) if "COUNT" in command else None), int(answer[1])
