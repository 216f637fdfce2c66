// The ssh server of a lab host, made to fail.
import type { LabHost } from '../lab-host'
import { until } from '../run'

/** Kills it and every session of it: the listener, and the processes that serve those who are signed in. */
export async function killSshd(host: LabHost): Promise<void> {
  // in the host's own process namespace, where there are no others
  await host.exec(['pkill', '-KILL', '-x', 'sshd'])
  await until(`${host.name} to be without sshd`, 5_000, async () => (await sshdProcesses(host)).length === 0)
  await host.exec(['rm', '-f', '/run/sshd.pid'])
}

/** Starts it, with further settings that overrule those of the host; each a line of sshd_config(5). */
export async function startSshd(host: LabHost, settings: readonly string[] = []): Promise<void> {
  // an address that was in use a moment ago is refused for as long as the kernel has not let go of it
  await until(`${host.name}'s sshd to start`, 10_000, () =>
    host.exec(['/usr/sbin/sshd', '-E', '/var/log/sshd.log', ...settings.flatMap((one) => ['-o', one])]).then(
      () => true,
      () => false,
    ),
  )
  await host.waitSsh()
}

/** ssh connections that are signed in: sshd keeps one process for each (the monitor), whatever runs over it. */
export async function sshConnections(host: LabHost): Promise<number> {
  const listener = (await host.exec(['cat', '/run/sshd.pid'])).trim()
  return (await sshdProcesses(host)).filter(({ parent }) => parent === listener).length
}

async function sshdProcesses(host: LabHost): Promise<{ pid: string; parent: string }[]> {
  const table = await host.exec(['ps', '-e', '-o', 'pid=,ppid=,comm='])
  return table
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , name]) => name === 'sshd')
    .map(([pid = '', parent = '']) => ({ pid, parent }))
}
