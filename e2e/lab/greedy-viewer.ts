/** A viewer that wants a screen for itself: QEMU sends all others away for it (ClientInit, shared-flag 0; RFC 6143, 7.3.1). */
import type { LabHost } from './lab-host'

/** Looks at a screen without security, then leaves. */
export async function lookAlone(host: LabHost, port: number): Promise<void> {
  // version 3.3, in which the server decides on the security, and says no result where there is none
  const script = `
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    head -c 12 <&3 >/dev/null
    printf 'RFB 003.003\\n' >&3
    head -c 4 <&3 >/dev/null
    printf '\\0' >&3
    head -c 24 <&3 | wc -c`
  const heard = (await host.exec(['bash', '-c', script, '-', String(port)])).trim()
  if (heard !== '24') throw new Error(`the screen on port ${port} let nobody look at it`)
}
