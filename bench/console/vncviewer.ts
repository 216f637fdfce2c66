import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { EncodingName } from './encode'
import { betweenKeysMs, type Viewer } from './viewer'

const preferred: Record<EncodingName, readonly string[]> = {
  raw: ['-PreferredEncoding=Raw'],
  'tight-jpeg': ['-PreferredEncoding=Tight', '-QualityLevel=8'],
  'tight-basic': ['-PreferredEncoding=Tight', '-NoJPEG'],
  zrle: ['-PreferredEncoding=ZRLE'],
}

/** TigerVNC's, the native viewer that the app is held against. Keys come by XTEST. */
export async function openVncviewer(
  encoding: EncodingName,
  port: number,
  env: NodeJS.ProcessEnv,
): Promise<Viewer> {
  const words = ['-AutoSelect=0', ...preferred[encoding], '-Shared', '-SecurityTypes=None', '-RemoteResize=0']
  const child = spawn('vncviewer', [...words, `127.0.0.1::${port}`], { env, stdio: 'ignore' })
  if (child.pid === undefined) throw new Error('vncviewer does not start: install tigervnc-viewer')
  return {
    name: 'vncviewer',
    pid: child.pid,
    pressKeys: async (count) => {
      // one process for all keys: starting it takes longer than what is measured
      const typist = spawn('xdotool', ['-'], { env, stdio: ['pipe', 'ignore', 'inherit'] })
      // there is no window manager to give it the keyboard
      typist.stdin.write('search --onlyvisible --name TigerVNC windowfocus\nmousemove 900 500\n')
      await delay(500)
      const pressedAtMs: number[] = []
      for (let key = 0; key < count; key += 1) {
        pressedAtMs.push(performance.timeOrigin + performance.now())
        typist.stdin.write('key a\n')
        await delay(betweenKeysMs)
      }
      typist.stdin.end()
      await new Promise((resolve) => typist.once('exit', resolve))
      return pressedAtMs
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    },
  }
}
