/** Copies of images that are held in the middle, so that something can happen meanwhile. The host has qemu-img make them. */

export interface CommandHost {
  exec(argv: string[], options?: { readonly timeoutMs?: number }): Promise<string>
}

export interface HeldCopy {
  /** It goes on, to its end. */
  release(): Promise<void>
}

const limitSeconds = 60

/**
 * Waits for the copy that makes this file, and holds it: begin to wait before the copy begins. It is stopped as soon as it is
 * there, but led on until it has opened both images, so that it has locked what it reads.
 */
export async function holdCopy(host: CommandHost, file: string): Promise<HeldCopy> {
  const script = `
    end=$((SECONDS + ${limitSeconds}))
    while [ $SECONDS -lt $end ]; do
      for pid in $(pgrep -x qemu-img); do
        words=$(tr '\\0' ' ' 2>/dev/null </proc/$pid/cmdline)
        case $words in *" convert "*"$1"*) ;; *) continue ;; esac
        kill -STOP "$pid" || continue
        until readlink /proc/$pid/fd/* | grep -qF -- "$1"; do
          kill -CONT "$pid" && kill -STOP "$pid" || continue 2
        done
        echo "$pid"
        exit 0
      done
    done
    echo "no copy to $1 began" >&2
    exit 1`
  const pid = (await host.exec(['bash', '-c', script, '-', file], { timeoutMs: 90_000 })).trim()
  return {
    release: async () => {
      await host.exec(['kill', '-CONT', pid])
    },
  }
}
