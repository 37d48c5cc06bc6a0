package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/go-zeromq/zmq4"
)

// connection is the content of the connection file a kernel is started with.
// With transport ipc the sockets are files named IP-1, IP-2, ...; in a folder
// only this user can enter they need no free ports and no open network.
type connection struct {
	Transport   string `json:"transport"`
	IP          string `json:"ip"`
	ShellPort   int    `json:"shell_port"`
	IOPubPort   int    `json:"iopub_port"`
	StdinPort   int    `json:"stdin_port"`
	ControlPort int    `json:"control_port"`
	HBPort      int    `json:"hb_port"`
	Key         string `json:"key"`
	Scheme      string `json:"signature_scheme"`
	Name        string `json:"kernel_name"`
}

// writeConnection makes a new connection with its file in the folder.
func writeConnection(folder string) (connection, string, error) {
	c := connection{
		Transport: "ipc", IP: filepath.Join(folder, "socket"),
		ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HBPort: 5,
		Key: randomHex(32), Scheme: "hmac-sha256", Name: "gonb",
	}
	data, err := json.Marshal(c)
	if err != nil {
		return c, "", err
	}
	// GoNB takes its id from a file name of this form.
	path := filepath.Join(folder, "kernel-"+randomHex(8)+".json")
	return c, path, os.WriteFile(path, data, 0o600)
}

// arrival is a message from the kernel, or the end of a channel.
type arrival struct {
	channel string
	message message
	err     error
}

// client is the front-end's end of a kernel's sockets.
type client struct {
	signer
	session  string
	sockets  map[string]zmq4.Socket
	arrivals chan arrival
	cancel   context.CancelFunc
	done     <-chan struct{}
}

// dial connects to a kernel that is being started, waiting for its sockets
// until the context ends.
func dial(ctx context.Context, c connection) (*client, error) {
	life, cancel := context.WithCancel(context.Background())
	stopWaiting := context.AfterFunc(ctx, cancel)
	client := &client{
		signer:   signer{[]byte(c.Key)},
		session:  randomHex(16),
		sockets:  map[string]zmq4.Socket{},
		arrivals: make(chan arrival, 64),
		cancel:   cancel,
		done:     life.Done(),
	}
	options := []zmq4.Option{
		zmq4.WithID(zmq4.SocketIdentity(client.session)),
		zmq4.WithDialerRetry(20 * time.Millisecond),
		zmq4.WithDialerMaxRetries(-1),
		zmq4.WithLogger(log.New(io.Discard, "", 0)),
	}
	client.sockets["shell"] = zmq4.NewDealer(life, options...)
	client.sockets["control"] = zmq4.NewDealer(life, options...)
	client.sockets["stdin"] = zmq4.NewDealer(life, options...)
	subscriber := zmq4.NewSub(life, options...)
	client.sockets["iopub"] = subscriber
	err := subscriber.SetOption(zmq4.OptionSubscribe, "")
	ports := map[string]int{"shell": c.ShellPort, "control": c.ControlPort, "stdin": c.StdinPort, "iopub": c.IOPubPort}
	for channel, socket := range client.sockets {
		if err == nil {
			err = socket.Dial(fmt.Sprintf("%s://%s-%d", c.Transport, c.IP, ports[channel]))
		}
	}
	if !stopWaiting() || err != nil {
		client.close()
		return nil, fmt.Errorf("cannot connect to the kernel: %w", err)
	}
	for channel, socket := range client.sockets {
		go client.receive(channel, socket)
	}
	return client, nil
}

// receive passes on what arrives on a channel until it ends.
func (c *client) receive(channel string, socket zmq4.Socket) {
	for {
		received, err := socket.Recv()
		next := arrival{channel: channel, err: err}
		if err == nil {
			next.message, next.err = c.read(received.Frames)
		}
		select {
		case c.arrivals <- next:
		case <-c.done:
			return
		}
		if err != nil {
			return
		}
	}
}

// send sends a request and returns its id.
func (c *client) send(channel, kind string, content any) (string, error) {
	request, err := newMessage(c.session, kind, content)
	if err != nil {
		return "", err
	}
	frames, err := c.frames(request)
	if err != nil {
		return "", err
	}
	return request.Header.ID, c.sockets[channel].SendMulti(zmq4.NewMsgFrom(frames...))
}

// close ends all channels.
func (c *client) close() {
	c.cancel()
	for _, socket := range c.sockets {
		socket.Close()
	}
}
