package kerneltest

import (
	"fmt"
	"math/rand"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// run executes the commands of a cell; a command error changes the reply.
func (k *kernel) run(code string, reply map[string]any) {
	queues := map[string][]func(){}
	var random *rand.Rand
	// output sends now, or, when shuffling, later in the order of its queue.
	output := func(queue, kind string, content map[string]any) {
		send := func() { k.publish(kind, content) }
		if random == nil {
			send()
			return
		}
		queues[queue] = append(queues[queue], send)
	}
	for line := range strings.Lines(code) {
		command, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch command {
		case "stdout", "stderr":
			output(command, "stream", map[string]any{"name": command, "text": rest + "\n"})
		case "variable":
			output("stdout", "stream", map[string]any{"name": "stdout", "text": os.Getenv(rest) + "\n"})
		case "folder":
			folder, err := os.Getwd()
			output("stdout", "stream", map[string]any{"name": "stdout", "text": fmt.Sprintln(folder, err)})
		case "display", "update":
			words := strings.SplitN(rest, " ", 3)
			transient := map[string]any{}
			if words[0] != "-" {
				transient["display_id"] = words[0]
			}
			kind := map[string]string{"display": "display_data", "update": "update_display_data"}[command]
			output("displays", kind, map[string]any{
				"data": map[string]any{words[1]: words[2]}, "metadata": map[string]any{}, "transient": transient,
			})
		case "result":
			mime, text, _ := strings.Cut(rest, " ")
			output("displays", "execute_result", map[string]any{
				"data": map[string]any{mime: text}, "metadata": map[string]any{}, "execution_count": k.count,
			})
		case "clear":
			output("displays", "clear_output", map[string]any{"wait": rest == "wait"})
		case "error":
			name, value, _ := strings.Cut(rest, " ")
			content := map[string]any{"ename": name, "evalue": value, "traceback": []string{"\x1b[31m" + value + "\x1b[0m"}}
			output("error", "error", content)
			reply["status"] = "error"
		case "shuffle":
			seed, _ := strconv.ParseInt(rest, 10, 64)
			random = rand.New(rand.NewSource(seed))
		case "sleep":
			duration, _ := time.ParseDuration(rest)
			time.Sleep(duration)
		case "child":
			exec.Command(os.Args[0], "--child", rest).Start()
			for {
				if connection, err := net.Dial("unix", rest); err == nil {
					connection.Close()
					break
				}
				time.Sleep(time.Millisecond)
			}
		case "read":
			reader := exec.Command("sh", "-c", "read first; "+rest+"; cat")
			input, _ := reader.StdinPipe()
			reader.Start()
			fmt.Fprintln(input, "line")
			reader.Wait()
		case "flood":
			bytes, _ := strconv.Atoi(rest)
			output("stdout", "stream", map[string]any{"name": "stdout", "text": strings.Repeat("x", bytes)})
		case "note":
			interrupts := make(chan os.Signal, 1)
			signal.Notify(interrupts, os.Interrupt)
			go func() {
				<-interrupts
				os.WriteFile(rest, nil, 0o644)
			}()
		case "stubborn":
			k.stubborn = true
			signal.Ignore(os.Interrupt, syscall.SIGTERM)
		case "die":
			fmt.Fprintln(os.Stderr, rest)
			time.Sleep(50 * time.Millisecond) // lets go what was sent before
			os.Exit(3)
		case "forge":
			key := k.Key
			k.Key = "another key"
			k.publish("stream", map[string]any{"name": "stdout", "text": "forged\n"})
			k.Key = key
		case "input":
			k.send(k.stdin, "input_request", map[string]any{"prompt": "?"}, k.request.addresses)
		default:
			k.publish("stream", map[string]any{"name": "stderr", "text": "unknown command " + command})
			reply["status"] = "error"
		}
	}
	for names := []string{"stdout", "stderr", "displays", "error"}; random != nil && len(names) > 0; {
		i := random.Intn(len(names))
		queue := queues[names[i]]
		if len(queue) == 0 {
			names = append(names[:i], names[i+1:]...)
			continue
		}
		queue[0]()
		queues[names[i]] = queue[1:]
	}
}
