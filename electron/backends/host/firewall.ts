/** The rules of the host's packet filter, by the tool that the host has for it. */
import { AppError } from '../../../shared/errors'
import type { FirewallRules } from '../../../shared/model/firewall'
import type { RunResult } from '../../link/link'
import { toolPath } from './services'
import type { HostCommands } from '../images/host-commands'

/** Also what iptables set through the kernel's nf_tables, which is all of it on hosts of today. */
const nft = ['nft', 'list', 'ruleset']
const older = [['iptables-save'], ['ip6tables-save']]
const maxBytes = 2 * 1024 * 1024

export async function readFirewall(host: HostCommands): Promise<FirewallRules> {
  const first = await ask(host, nft)
  if (first.code === 0 && first.stdout.trim() !== '') return { lists: [listOf(nft, first)] }
  const answers = []
  for (const argv of older) answers.push([argv, await ask(host, argv)] as const)
  const told = answers.filter(([, { code }]) => code === 0)
  if (first.code !== 0 && told.length === 0) throw failure([first, ...answers.map(([, answer]) => answer)])
  return { lists: told.map(([argv, answer]) => listOf(argv, answer)).filter(({ text }) => hasRules(text)) }
}

function ask(host: HostCommands, argv: readonly string[]): Promise<RunResult> {
  return host.run([toolPath, ...argv], { maxBytes })
}

function listOf(argv: readonly string[], { stdout }: RunResult): FirewallRules['lists'][number] {
  return { command: argv.join(' '), text: stdout.trimEnd() }
}

/** iptables-save prints nothing, or only remarks, where there is nothing. */
function hasRules(text: string): boolean {
  return text.split('\n').some((line) => line !== '' && !line.startsWith('#'))
}

/** 127: env found no such program. */
function failure(answers: readonly RunResult[]): AppError {
  const words = answers.find(({ code }) => code !== 127)
  if (!words) {
    return new AppError('unsupported', 'The host has neither nft nor iptables', {
      cure: 'Install nftables there to see its rules.',
    })
  }
  const isDenied = /not permitted|permission denied|must be root/i.test(words.stderr)
  return new AppError(
    isDenied ? 'denied' : 'invalid',
    isDenied
      ? 'The account of this connection may not read the firewall'
      : 'The firewall of the host could not be read',
    {
      ...(isDenied ? { cure: 'Connect as root to see its rules.' } : {}),
      detail: words.stderr.trim() || undefined,
    },
  )
}
