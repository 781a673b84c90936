// Go's own library as a judge of notes and proofs: reads questions as JSON lines and answers each with a line, "accepted" with what was
// read, or "refused" with Go's reason.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// question is what one line asks; which members it has follows from its kind.
type question struct {
	Kind   string   // "note", "proof", "tree" or "sign"
	Key    string   // a verifier key; for "sign" a signer key
	Text   string   // a note, a proof, or the text to sign
	Older  string   // "tree": an earlier note of the same log
	Hashes []string // "tree": the consistency proof, in base64
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		read, err := answer(asked)
		if err != nil {
			read = "refused: " + err.Error()
		} else {
			read = "accepted: " + read
		}
		told, _ := json.Marshal(read)
		fmt.Println(string(told))
	}
}

func answer(asked question) (string, error) {
	switch asked.Kind {
	case "note":
		opened, err := open(asked.Text, asked.Key)
		if err != nil {
			return "", err
		}
		return opened.Text, nil
	case "proof":
		return checkProof(asked.Text, asked.Key)
	case "tree":
		return checkTree(asked)
	case "sign":
		signer, err := note.NewSigner(asked.Key)
		if err != nil {
			return "", err
		}
		signed, err := note.Sign(&note.Note{Text: asked.Text}, signer)
		return string(signed), err
	}
	panic(asked.Kind)
}

func open(text, key string) (*note.Note, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, err
	}
	return note.Open([]byte(text), note.VerifierList(verifier))
}

// openTree opens a note about a tree: its origin, its size, its root.
func openTree(text, key string) (size int64, root tlog.Hash, err error) {
	opened, err := open(text, key)
	if err != nil {
		return 0, root, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return 0, root, errors.New("the note has not three lines")
	}
	size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, root, err
	}
	root, err = tlog.ParseHash(lines[2])
	return size, root, err
}

// checkProof checks the text form of an inclusion proof: extra, index, hashes, an empty line, a note.
func checkProof(text, key string) (string, error) {
	head, signed, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return "", errors.New("not a tlog-proof")
	}
	leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return "", err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return "", err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return "", err
		}
		proof = append(proof, hash)
	}
	size, root, err := openTree(signed, key)
	if err != nil {
		return "", err
	}
	return string(leaf), tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(leaf))
}

func checkTree(asked question) (string, error) {
	size, root, err := openTree(asked.Text, asked.Key)
	if err != nil {
		return "", err
	}
	older, olderRoot, err := openTree(asked.Older, asked.Key)
	if err != nil {
		return "", err
	}
	var proof tlog.TreeProof
	for _, text := range asked.Hashes {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			return "", err
		}
		proof = append(proof, hash)
	}
	return fmt.Sprintf("%d to %d", older, size), tlog.CheckTree(proof, size, root, older, olderRoot)
}
