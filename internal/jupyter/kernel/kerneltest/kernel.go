package kerneltest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-zeromq/zmq4"
)

// Main runs the kernel if this program was started as one, and otherwise the
// tests. It does not return.
func Main(m *testing.M) {
	if filepath.Base(os.Args[0]) != "gonb" {
		os.Exit(m.Run())
	}
	if os.Args[1] == "--child" {
		listener, err := net.Listen("unix", os.Args[2])
		for err == nil {
			var connection net.Conn
			if connection, err = listener.Accept(); err == nil {
				connection.Close()
			}
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stderr, serve(os.Args[2]))
	os.Exit(1)
}

// Folder returns a folder with the test program as gonb.
func Folder(t *testing.T) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Symlink(program, filepath.Join(folder, "gonb")); err != nil {
		t.Fatal(err)
	}
	return folder
}

type kernel struct {
	Transport, IP, Key  string
	ShellPort           int `json:"shell_port"`
	IOPubPort           int `json:"iopub_port"`
	StdinPort           int `json:"stdin_port"`
	ControlPort         int `json:"control_port"`
	shell, iopub, stdin zmq4.Socket
	control             zmq4.Socket
	count               int
	stubborn            bool
	request             request
}

// request is an incoming message with the addresses it came from.
type request struct {
	addresses [][]byte
	header    json.RawMessage
	kind      string
	content   struct{ Code string }
}

func serve(connectionFile string) error {
	data, err := os.ReadFile(connectionFile)
	if err != nil {
		return err
	}
	k := &kernel{}
	if err := json.Unmarshal(data, k); err != nil {
		return err
	}
	life := context.Background()
	k.shell, k.iopub = zmq4.NewRouter(life), zmq4.NewPub(life)
	k.stdin, k.control = zmq4.NewRouter(life), zmq4.NewRouter(life)
	for socket, port := range map[zmq4.Socket]int{
		k.shell: k.ShellPort, k.iopub: k.IOPubPort, k.stdin: k.StdinPort, k.control: k.ControlPort,
	} {
		if err := socket.Listen(fmt.Sprintf("%s://%s-%d", k.Transport, k.IP, port)); err != nil {
			return err
		}
	}
	go func() {
		for {
			request, err := k.receive(k.control)
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			if request.kind == "shutdown_request" && !k.stubborn {
				os.Exit(0)
			}
		}
	}()
	for {
		if k.request, err = k.receive(k.shell); err != nil {
			return err
		}
		k.publish("status", map[string]any{"execution_state": "busy"})
		reply := map[string]any{"status": "ok"}
		if k.request.kind == "execute_request" {
			k.count++
			k.publish("execute_input", map[string]any{"code": k.request.content.Code})
			k.run(k.request.content.Code, reply)
		}
		k.send(k.shell, k.request.kind[:len(k.request.kind)-len("request")]+"reply", reply, k.request.addresses)
		k.publish("status", map[string]any{"execution_state": "idle"})
	}
}

func (k *kernel) receive(socket zmq4.Socket) (request, error) {
	received, err := socket.Recv()
	if err != nil {
		return request{}, err
	}
	var r request
	frames := received.Frames
	for string(frames[0]) != "<IDS|MSG>" {
		r.addresses = append(r.addresses, frames[0])
		frames = frames[1:]
	}
	if string(frames[1]) != k.sign(frames[2:]) {
		return r, fmt.Errorf("a request has a wrong signature")
	}
	r.header = frames[2]
	var head struct {
		Kind string `json:"msg_type"`
	}
	if err := json.Unmarshal(r.header, &head); err != nil {
		return r, err
	}
	r.kind = head.Kind
	return r, json.Unmarshal(frames[5], &r.content)
}

func (k *kernel) sign(parts [][]byte) string {
	mac := hmac.New(sha256.New, []byte(k.Key))
	for _, part := range parts {
		mac.Write(part)
	}
	return fmt.Sprintf("%x", mac.Sum(nil))
}

func (k *kernel) publish(kind string, content any) {
	k.send(k.iopub, kind, content, [][]byte{[]byte(kind)})
}

func (k *kernel) send(socket zmq4.Socket, kind string, content any, addresses [][]byte) {
	head, _ := json.Marshal(map[string]any{"msg_id": fmt.Sprint(kind, k.count), "msg_type": kind, "version": "5.3"})
	body, err := json.Marshal(content)
	if err != nil {
		panic(err)
	}
	parts := [][]byte{head, k.request.header, []byte("{}"), body}
	frames := append(append([][]byte{}, addresses...), []byte("<IDS|MSG>"), []byte(k.sign(parts)))
	socket.SendMulti(zmq4.NewMsgFrom(append(frames, parts...)...))
}
