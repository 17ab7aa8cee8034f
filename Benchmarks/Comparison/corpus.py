"""One text for all engines: words cut beforehand, so that none gains or loses by its tokenizer."""
import json
import re
import subprocess

# ASCII words in lower case; of Han characters, two neighbours each.
PIECE = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")


def words(text):
    """The words of a text in order."""
    found = []
    for piece in PIECE.findall(text.lower()):
        if piece[0] < "\u4e00" or len(piece) == 1:
            found.append(piece)
        else:
            found.extend(piece[place:place + 2] for place in range(len(piece) - 1))
    return found


def generate(root, path, documents, seed):
    command = ["swift", "run", "-c", "release", "--package-path", root, "--quiet", "loquat-corpus",
               "--documents", documents, "--seed", seed, "--output", path]
    subprocess.run([str(part) for part in command], check=True)


def prepare(source, target):
    """Writes `{"id", "text"}` a line with the words of title and text between blanks. Returns (documents, bytes of text)."""
    documents = size = 0
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as output:
        for line in lines:
            document = json.loads(line)
            text = " ".join(words(document.get("title", "") + "\n" + document.get("text", "")))
            if not text:
                continue
            output.write(json.dumps({"id": str(document["id"]), "text": text}, ensure_ascii=False) + "\n")
            documents += 1
            size += len(text.encode())
    return documents, size


def read(path):
    """The (id, text) of each document."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            yield document["id"], document["text"]
