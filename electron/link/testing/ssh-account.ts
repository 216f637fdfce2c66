import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSshd, type TestSshd } from './sshd'

export const accountName = 'innkeeper-maria'
export const accountPassword = 'correct horse'

/**
 * A real sshd with PAM and an account that has a password. The account exists in a mount namespace of that server
 * only: this computer's own /etc is not touched. Needs root.
 */
export async function startSshdWithAccount(settings: readonly string[]): Promise<TestSshd> {
  const directory = await mkdtemp(join(tmpdir(), 'sshd-'))
  const path = (name: string): string => join(directory, name)
  await mkdir(path('home'), { mode: 0o755 })
  const hash = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: accountPassword })
    .toString()
    .trim()
  const passwd = await readFile('/etc/passwd', 'utf8')
  await writeFile(path('passwd'), `${passwd}${accountName}:x:54321:65534::${path('home')}:/bin/sh\n`)
  await copyFile('/etc/shadow', path('shadow'))
  const shadow = await readFile('/etc/shadow', 'utf8')
  await writeFile(path('shadow'), `${shadow}${accountName}:${hash}:20000:0:99999:7:::\n`, { mode: 0o600 })
  // the folder is private to root, and the account must reach its home
  execFileSync('chmod', ['755', directory])
  const script =
    'mount --bind "$1/passwd" /etc/passwd; mount --bind "$1/shadow" /etc/shadow; shift; exec "$@"'
  return startSshd(['UsePAM yes', ...settings], {
    directory,
    prefix: ['unshare', '--mount', 'sh', '-ec', script, 'sh', directory],
  })
}
