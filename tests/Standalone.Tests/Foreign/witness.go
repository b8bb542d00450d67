// Command witness checks the cosignatures of witnesses, and asks a witness for one, with crypto/ed25519 and the Go project's code for
// notes (golang.org/x/mod/sumdb/note), and with none of the ledger's own.
//
//	witness cosigned KEYS WITNESSES CHECKPOINT   every witness cosigned the checkpoint that the log signed, and when
//	witness ask      URL OLD CHECKPOINT [PROOF]  asks for a cosignature; prints the status and what the witness says
//
// KEYS and WITNESSES are files with a key on each line, a checkpoint is a signed note, and a proof the JSON that the ledger answered.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "NOT VERIFIED:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 4 && args[0] == "cosigned":
		return verifyCosigned(args[1], args[2], args[3])
	case len(args) >= 4 && len(args) <= 5 && args[0] == "ask":
		return ask(args[1], args[2], args[3], args[4:])
	}
	return errors.New("usage: witness cosigned|ask …; see the head of the program")
}

func verifyCosigned(keysFile, witnessesFile, checkpointFile string) error {
	message, err := os.ReadFile(checkpointFile)
	if err != nil {
		return err
	}

	// The log's own signature.
	keys, err := os.ReadFile(keysFile)
	if err != nil {
		return err
	}
	var known []note.Verifier
	for _, line := range strings.Fields(string(keys)) {
		if verifier, err := note.NewVerifier(line); err == nil {
			known = append(known, verifier)
		}
	}
	opened, err := note.Open(message, note.VerifierList(known...))
	if err != nil {
		return err
	}

	// The cosignatures, line by line.
	witnesses, err := os.ReadFile(witnessesFile)
	if err != nil {
		return err
	}
	text := []byte(opened.Text)
	lines := strings.Split(string(message[len(text)+1:]), "\n")
	for _, witness := range strings.Fields(string(witnesses)) {
		at, err := findCosignature(witness, text, lines)
		if err != nil {
			return fmt.Errorf("%s: %w", witness, err)
		}
		fmt.Printf("verified: %s cosigned at %s\n", witness, at.Format(time.RFC3339))
	}
	return nil
}

func findCosignature(vkey string, text []byte, lines []string) (time.Time, error) {
	const algorithm = 4
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return time.Time{}, errors.New("it is no key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != algorithm {
		return time.Time{}, errors.New("it is no key of a cosigner")
	}
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if hex.EncodeToString(id[:4]) != parts[1] {
		return time.Time{}, errors.New("its number is not that of the key")
	}
	for _, line := range lines {
		words := strings.Split(line, " ")
		if len(words) != 3 || words[0] != "—" || words[1] != parts[0] {
			continue
		}
		signature, err := base64.StdEncoding.DecodeString(words[2])
		if err != nil || !bytes.HasPrefix(signature, id[:4]) {
			continue
		}
		signature = signature[4:]
		if len(signature) != 8+ed25519.SignatureSize {
			return time.Time{}, errors.New("the cosignature has another length")
		}
		seconds := binary.BigEndian.Uint64(signature)
		message := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", seconds)), text...)
		if !ed25519.Verify(key[1:], message, signature[8:]) {
			return time.Time{}, errors.New("the cosignature is forged")
		}
		return time.Unix(int64(seconds), 0).UTC(), nil
	}
	return time.Time{}, errors.New("it did not cosign")
}

func ask(url, old, checkpointFile string, proofFiles []string) error {
	checkpoint, err := os.ReadFile(checkpointFile)
	if err != nil {
		return err
	}
	body := &bytes.Buffer{}
	fmt.Fprintf(body, "old %s\n", old)
	for _, file := range proofFiles {
		var proof struct{ Path []string }
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(content, &proof); err != nil {
			return err
		}
		for _, text := range proof.Path {
			hash, err := hex.DecodeString(text)
			if err != nil {
				return err
			}
			fmt.Fprintln(body, base64.StdEncoding.EncodeToString(hash))
		}
	}
	fmt.Fprintln(body)
	body.Write(checkpoint)
	answer, err := http.Post(strings.TrimSuffix(url, "/")+"/add-checkpoint", "text/plain", body)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return err
	}
	fmt.Printf("%d %s", answer.StatusCode, said)
	return nil
}
