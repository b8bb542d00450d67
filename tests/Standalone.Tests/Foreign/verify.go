// Command verify checks what a ledger says of itself with the code of the Go project for transparency logs (golang.org/x/mod/sumdb)
// and with none of the ledger's own. It knows nothing but what the arguments say and ends with 1 where something does not hold.
//
//	verify checkpoint  KEYS CHECKPOINT                  who signed it, and when
//	verify inclusion   KEYS CHECKPOINT ROW PROOF        the row is in the log
//	verify consistency KEYS OLDER NEWER PROOF           the older log is the beginning of the newer one
//	verify tree        KEYS CHECKPOINT PREFIX [ROW…]    the tiles under an address are the log, and the rows are in it
//	verify proof       KEYS FILE…                       receipts as files (.tlog-proof): each has its row, proof and checkpoint
//
// KEYS is a file with a key on each line. A checkpoint is a signed note, or the JSON of one, of a receipt or of a row. Rows and proofs are
// files of JSON, as the ledger answered.
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
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "NOT VERIFIED:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "checkpoint":
		_, err := openCheckpoint(args[1], args[2])
		return err
	case len(args) == 5 && args[0] == "inclusion":
		return verifyInclusion(args[1], args[2], args[3], args[4])
	case len(args) == 5 && args[0] == "consistency":
		return verifyConsistency(args[1], args[2], args[3], args[4])
	case len(args) >= 4 && args[0] == "tree":
		return verifyTree(args[1], args[2], args[3], args[4:])
	case len(args) >= 3 && args[0] == "proof":
		return verifyProofs(args[1], args[2:])
	}
	return errors.New("usage: verify checkpoint|inclusion|consistency|tree|proof KEYS …; see the head of the program")
}

// A checkpoint whose signatures hold.
type checkpoint struct {
	origin string
	tree   tlog.Tree
}

// Opens a note with the known keys. The log's own key must have signed it, and a key of times.
func openCheckpoint(keysFile, file string) (*checkpoint, error) {
	message, err := readNote(file)
	if err != nil {
		return nil, err
	}
	return openMessage(keysFile, file, message)
}

func openMessage(keysFile, file string, message []byte) (*checkpoint, error) {
	verifiers, cosigners, err := readKeys(keysFile)
	if err != nil {
		return nil, err
	}
	opened, err := note.Open(message, verifiers)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	lines := strings.SplitN(opened.Text, "\n", 2)
	origin := lines[0]

	// The rest of a checkpoint has the form of Go's own, whose first line is always the same.
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}

	var signedBy string
	var signedAt time.Time
	for _, signature := range opened.Sigs {
		if cosigners[keyName(signature.Name, signature.Hash)] {
			raw, _ := base64.StdEncoding.DecodeString(signature.Base64)
			signedAt = time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC()
		} else if signature.Name == origin {
			signedBy = keyName(signature.Name, signature.Hash)
		}
	}
	if signedBy == "" {
		return nil, fmt.Errorf("%s: no known key of the log %s signed it", file, origin)
	}
	if signedAt.IsZero() {
		return nil, fmt.Errorf("%s: no known key signed its time", file)
	}
	fmt.Printf("verified: log %s has %d rows, root %s, signed by %s at %s\n",
		origin, tree.N, tree.Hash, signedBy, signedAt.Format(time.RFC3339))
	return &checkpoint{origin, tree}, nil
}

func verifyInclusion(keys, checkpointFile, rowFile, proofFile string) error {
	log, err := openCheckpoint(keys, checkpointFile)
	if err != nil {
		return err
	}
	row, err := readRow(rowFile)
	if err != nil {
		return err
	}
	proof, err := readProof(proofFile)
	if err != nil {
		return err
	}
	if proof.TreeSize != log.tree.N {
		return fmt.Errorf("the proof is of a tree of %d rows", proof.TreeSize)
	}
	if err := tlog.CheckRecord(tlog.RecordProof(proof.hashes), log.tree.N, log.tree.Hash, row.sequence-1, row.hash); err != nil {
		return err
	}
	fmt.Printf("verified: row %d is in the log\n", row.sequence)
	return nil
}

func verifyConsistency(keys, olderFile, newerFile, proofFile string) error {
	older, err := openCheckpoint(keys, olderFile)
	if err != nil {
		return err
	}
	newer, err := openCheckpoint(keys, newerFile)
	if err != nil {
		return err
	}
	proof, err := readProof(proofFile)
	if err != nil {
		return err
	}
	if older.origin != newer.origin {
		return fmt.Errorf("%s and %s are not the same log", older.origin, newer.origin)
	}
	if older.tree.N == newer.tree.N {
		if older.tree.Hash != newer.tree.Hash {
			return fmt.Errorf("two different logs of %d rows are signed", newer.tree.N)
		}
	} else if err := tlog.CheckTree(
		tlog.TreeProof(proof.hashes), newer.tree.N, newer.tree.Hash, older.tree.N, older.tree.Hash); err != nil {
		return err
	}
	fmt.Printf("verified: the first %d of %d rows are the same\n", older.tree.N, newer.tree.N)
	return nil
}

// How many rows' hashes are asked for at once: 64 tiles.
const rowsAtOnce = 64 << tileHeight

func verifyTree(keys, checkpointFile, prefix string, rowFiles []string) error {
	log, err := openCheckpoint(keys, checkpointFile)
	if err != nil {
		return err
	}
	tiles := &tileServer{prefix: strings.TrimSuffix(prefix, "/"), kept: map[string][]byte{}}

	// The reader verifies tiles against the checkpoint's root before it believes them; some versions of it (0.7) leave out as many
	// of them as the root has subtrees. So the root is computed here from all rows besides.
	reader := tlog.TileHashReader(log.tree, tiles)
	var stored memory
	for from := int64(0); from < log.tree.N; from += rowsAtOnce {
		var indexes []int64
		for row := from; row < log.tree.N && row < from+rowsAtOnce; row++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, row))
		}
		rows, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, hash := range rows {
			above, err := tlog.StoredHashesForRecordHash(from+int64(i), hash, stored)
			if err != nil {
				return err
			}
			stored = append(stored, above...)
		}
	}
	root, err := tlog.TreeHash(log.tree.N, stored)
	if err != nil {
		return err
	}
	if root != log.tree.Hash {
		return fmt.Errorf("the tiles make the root %s", root)
	}
	fmt.Printf("verified: %d tiles with %d rows have the root of the checkpoint\n", tiles.count, log.tree.N)

	for _, file := range rowFiles {
		row, err := readRow(file)
		if err != nil {
			return err
		}
		if row.sequence < 1 || row.sequence > log.tree.N {
			return fmt.Errorf("row %d is not in the log", row.sequence)
		}
		if stored[tlog.StoredHashIndex(0, row.sequence-1)] != row.hash {
			return fmt.Errorf("the log has another row %d", row.sequence)
		}
		fmt.Printf("verified: row %d is in the log\n", row.sequence)
	}
	return nil
}

// Files of c2sp.org/tlog-proof. Their extra data is the row, byte for byte as it was hashed.
func verifyProofs(keys string, files []string) error {
	for _, file := range files {
		if err := verifyProof(keys, file); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func verifyProof(keys, file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, message, found := bytes.Cut(content, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("it is no proof of this version")
	}
	entry, err := base64.StdEncoding.Strict().DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil || lines[1] != "extra "+base64.StdEncoding.EncodeToString(entry) {
		return errors.New("it does not have the row")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil || lines[2] != fmt.Sprintf("index %d", index) {
		return errors.New("it has no index")
	}
	var hashes tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil || line != hash.String() {
			return fmt.Errorf("%q is no hash", line)
		}
		hashes = append(hashes, hash)
	}
	log, err := openMessage(keys, file, message)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(hashes, log.tree.N, log.tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	fields, err := rowFields(entry)
	if err != nil {
		return err
	}
	if fields[1] != strconv.FormatInt(index+1, 10) {
		return fmt.Errorf("it has row %s at the place of row %d", fields[1], index+1)
	}
	fmt.Printf("verified: row %d is in the log: unit %q, month %q, revision %s, %s, received at %s from %q\n%s\n",
		index+1, fields[3], fields[4], fields[5], fields[6], fields[8], fields[9], strconv.QuoteToGraphic(fields[10]))
	return nil
}

// A row has eleven fields, each after its length: xilin-entry-1, number, id, unit, month, revision, verdict, findings, time of receipt,
// sender, body.
func rowFields(entry []byte) ([]string, error) {
	var fields []string
	for len(entry) >= 4 && len(fields) < 11 {
		length := int64(binary.BigEndian.Uint32(entry))
		if length > int64(len(entry)-4) {
			break
		}
		fields = append(fields, string(entry[4:4+length]))
		entry = entry[4+length:]
	}
	if len(entry) > 0 || len(fields) != 11 || fields[0] != "xilin-entry-1" {
		return nil, errors.New("its data is no row")
	}
	return fields, nil
}

// The hashes of all complete subtrees, in the order of tlog.StoredHashIndex.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		if index < 0 || index >= int64(len(m)) {
			return nil, fmt.Errorf("there is no hash %d", index)
		}
		hashes = append(hashes, m[index])
	}
	return hashes, nil
}

const tileHeight = 8

// Reads tiles over HTTP by the paths of c2sp.org/tlog-tiles. A key of the service may stand in XILIN_KEY.
type tileServer struct {
	prefix string
	kept   map[string][]byte
	count  int
}

func (s *tileServer) Height() int { return tileHeight }

func (s *tileServer) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		bytes, err := s.read(tile)
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (s *tileServer) SaveTiles(tiles []tlog.Tile, data [][]byte) {
	for i, tile := range tiles {
		path := tilePath(tile)
		if _, ok := s.kept[path]; !ok {
			s.kept[path] = data[i]
			s.count++
		}
	}
}

func (s *tileServer) read(tile tlog.Tile) ([]byte, error) {
	path := tilePath(tile)
	if kept, ok := s.kept[path]; ok {
		return kept, nil
	}
	request, err := http.NewRequest(http.MethodGet, s.prefix+"/"+path, nil)
	if err != nil {
		return nil, err
	}
	if key := os.Getenv("XILIN_KEY"); key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", request.URL, answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, tlog.HashSize<<tileHeight+1))
}

// Go's own paths name the height, those of c2sp.org do not.
func tilePath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/"+strconv.Itoa(tileHeight)+"/", "tile/", 1)
}

// A timestamped cosignature of c2sp.org/tlog-cosignature, which golang.org/x/mod does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(signed), signature[8:])
}

func readKeys(file string) (note.Verifiers, map[string]bool, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	var known []note.Verifier
	cosigners := map[string]bool{}
	for _, line := range strings.Fields(string(content)) {
		if verifier, err := note.NewVerifier(line); err == nil {
			known = append(known, verifier)
		} else if times, err := newCosigner(line); err == nil {
			known = append(known, times)
			cosigners[keyName(times.name, times.hash)] = true
		} else {
			return nil, nil, fmt.Errorf("%s: %s: %w", file, line, err)
		}
	}
	return note.VerifierList(known...), cosigners, nil
}

func newCosigner(line string) (*cosigner, error) {
	const algorithm = 4
	parts := strings.SplitN(line, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("it is no key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != algorithm {
		return nil, errors.New("it is no key of a known algorithm")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, errors.New("its number is not that of the key")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), key[1:]}, nil
}

func keyName(name string, hash uint32) string { return fmt.Sprintf("%s+%08x", name, hash) }

// The JSON of a checkpoint, or of what has one.
type checkpointParts struct {
	Origin     string
	TreeSize   int64
	Root       string
	Signatures []string
	Checkpoint *checkpointParts
	Receipt    *checkpointParts
}

func readNote(file string) ([]byte, error) {
	content, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(content, []byte("{")) {
		return content, err
	}
	parts := &checkpointParts{}
	if err := json.Unmarshal(content, parts); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for parts.Receipt != nil || parts.Checkpoint != nil {
		if parts.Checkpoint != nil {
			parts = parts.Checkpoint
		} else {
			parts = parts.Receipt
		}
	}
	root, err := hex.DecodeString(parts.Root)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return []byte(fmt.Sprintf("%s\n%d\n%s\n\n%s\n", parts.Origin, parts.TreeSize, base64.StdEncoding.EncodeToString(root),
		strings.Join(parts.Signatures, "\n"))), nil
}

type row struct {
	sequence int64
	hash     tlog.Hash
}

func readRow(file string) (*row, error) {
	var parts struct {
		Receipt        struct{ Sequence int64 }
		Body           string
		CanonicalBytes []byte
	}
	if err := readJSON(file, &parts); err != nil {
		return nil, err
	}
	if !bytes.HasSuffix(parts.CanonicalBytes, []byte(parts.Body)) {
		return nil, fmt.Errorf("%s: the row was not made of this submission", file)
	}
	return &row{parts.Receipt.Sequence, tlog.RecordHash(parts.CanonicalBytes)}, nil
}

type proof struct {
	TreeSize int64
	Path     []string
	hashes   []tlog.Hash
}

func readProof(file string) (*proof, error) {
	read := &proof{}
	if err := readJSON(file, read); err != nil {
		return nil, err
	}
	for _, text := range read.Path {
		hash, err := hex.DecodeString(text)
		if err != nil || len(hash) != tlog.HashSize {
			return nil, fmt.Errorf("%s: %s is no hash", file, text)
		}
		read.hashes = append(read.hashes, *(*tlog.Hash)(hash))
	}
	return read, nil
}

func readJSON(file string, into any) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
