// What `smoke` runs in pods: says its name to whoever asks, and asks others on request. With arguments it only repeats them.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	name, err := os.Hostname()
	if err != nil {
		log.Fatal(err)
	}
	if len(os.Args) > 1 {
		fmt.Printf("%s, %s\n", name, strings.Join(os.Args[1:], " "))
		return
	}
	http.HandleFunc("/name", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, name)
	})
	http.HandleFunc("/ask", func(w http.ResponseWriter, r *http.Request) {
		answer, err := http.Get(r.URL.Query().Get("url"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		io.Copy(w, answer.Body)
	})
	log.Printf("%s listens on 8080", name)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
