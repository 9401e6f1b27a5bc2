# Driving headless Chromium from bash, over the DevTools protocol's pipe (messages end with a NUL byte). Source it; then:
#   browser_start URL WIDTH HEIGHT     FALSE (1): there is no Chromium
#   browser_eval EXPRESSION            prints the value, as JSON, of an expression (a promise is awaited)
#   browser_wait WHAT EXPRESSION       waits, 20 s at most, until the expression is true; FALSE and a line when it does not become so
#   browser_key KEY CODE               presses a key (Tab 9, Enter 13, Escape 27, ArrowDown 40)
#   browser_picture FILE               saves what is to be seen, as PNG
#   browser_stop
browser_command=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
browser_number=0

browser_send() { # METHOD PARAMS: leaves the answer in browser_answer
	browser_number=$((browser_number + 1))
	printf '{"id":%d,"method":"%s","params":%s%s}\0' "$browser_number" "$1" "$2" "${browser_session:+,\"sessionId\":\"$browser_session\"}" >&"$browser_to"
	while IFS= read -r -d '' -t 30 browser_answer <&"$browser_from"; do
		[[ $browser_answer == "{\"id\":$browser_number,"* ]] && return 0
	done
	browser_answer=
	return 1
}

browser_start() {
	[ -n "$browser_command" ] || return 1
	browser_folder=$(mktemp -d)
	mkfifo "$browser_folder/to" "$browser_folder/from"
	"$browser_command" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
		--disable-sync --user-data-dir="$browser_folder/profile" --window-size="$2,$3" --remote-debugging-pipe about:blank \
		3<"$browser_folder/to" 4>"$browser_folder/from" >/dev/null 2>"$browser_folder/log" &
	browser_process=$!
	exec {browser_to}>"$browser_folder/to" {browser_from}<"$browser_folder/from"
	browser_session=
	browser_send Target.createTarget "{\"url\":\"$1\"}"
	browser_target=$(sed -n 's/.*"targetId":"\([^"]*\)".*/\1/p' <<<"$browser_answer")
	browser_send Target.attachToTarget "{\"targetId\":\"$browser_target\",\"flatten\":true}"
	browser_session=$(sed -n 's/.*"sessionId":"\([^"]*\)".*/\1/p' <<<"$browser_answer")
	[ -n "$browser_session" ]
}

browser_eval() {
	local text=${1//\\/\\\\}
	text=${text//\"/\\\"}
	text=${text//$'\n'/\\n}
	text=${text//$'\t'/ }
	browser_send Runtime.evaluate "{\"expression\":\"$text\",\"awaitPromise\":true,\"returnByValue\":true}"
	sed -n 's/.*"result":{"result":{"type":"[a-z]*",\(.*"value":\)\{0,1\}\(.*\)}}.*/\2/p' <<<"${browser_answer%,\"sessionId\"*}" | sed 's/,"description":"[^"]*"$//'
}

browser_wait() {
	local i
	for ((i = 0; i < 200; i++)); do
		[ "$(browser_eval "Boolean($2)")" = true ] && return 0
		sleep 0.1
	done
	echo "$1: it did not become so"
	return 1
}

browser_key() {
	local text=
	[ "$1" = Enter ] && text=',"text":"\r"'
	browser_send Input.dispatchKeyEvent "{\"type\":\"keyDown\",\"key\":\"$1\",\"code\":\"$1\",\"windowsVirtualKeyCode\":$2$text}"
	browser_send Input.dispatchKeyEvent "{\"type\":\"keyUp\",\"key\":\"$1\",\"code\":\"$1\",\"windowsVirtualKeyCode\":$2}"
}

browser_picture() {
	browser_send Page.captureScreenshot '{}'
	sed -n 's/.*"data":"\([^"]*\)".*/\1/p' <<<"$browser_answer" | base64 -d >"$1"
}

browser_stop() {
	[ -n "${browser_process:-}" ] || return 0
	browser_session=
	kill "$browser_process" 2>/dev/null
	wait "$browser_process" 2>/dev/null
	exec {browser_to}>&- {browser_from}<&-
	rm -rf "$browser_folder"
}
