import { homedir } from 'node:os'
import { AppError, errorData } from '../../../shared/errors'
import { certificatePaths } from '../../backends/libvirt/certificate-paths'
import { flag } from '../../backends/libvirt/routes-direct'
import { readTlsFiles } from '../../link/tls-files'
import { skipped, type Check, type Verdict } from '../check'
import { greetTlsServer } from '../probes/tls-server'
import type { RunState } from '../run-state'
import {
  judgeAcceptance,
  judgeChain,
  judgeClientFiles,
  judgeDates,
  judgeHandshake,
  judgeNames,
} from '../verdicts/tls'
import { nameCheck, portCheck } from './network'

const greetingLimitMs = 8000

export function tlsChecks(state: RunState): Check[] {
  return [
    nameCheck(state),
    portCheck(state, {
      name: 'libvirt over TLS',
      command:
        "sudo ss -ltnp 'sport = :16514'; systemctl is-active libvirtd-tls.socket virtproxyd-tls.socket",
      refusedCure:
        'Switch TLS on: enable libvirtd-tls.socket (virtproxyd-tls.socket with modular daemons), or set listen_tls = 1 where libvirtd runs with --listen, and restart the daemon',
      recipe: 'tls-server',
    }),
    filesCheck(state),
    handshakeCheck(state),
    serverCheck(state, 'dates', 'Its certificate is in force', (shown) =>
      judgeDates(shown.chain, Date.now()),
    ),
    serverCheck(state, 'chain', 'Its certificate is of a trusted authority', (shown) =>
      judgeChain(shown, state.tlsFiles?.paths.ca ?? ''),
    ),
    serverCheck(state, 'names', 'Its certificate is for this host name', (shown) =>
      judgeNames(shown, state.host),
    ),
    {
      id: 'accepted',
      title: 'It lets this computer in',
      needs: ['tls'],
      run: () =>
        state.shownTls
          ? judgeAcceptance(state.shownTls, state.tlsFiles?.own?.subject, state.port)
          : skipped('The server has not been reached'),
    },
  ]
}

function filesCheck(state: RunState): Check {
  return {
    id: 'client-files',
    title: 'Certificates of this computer',
    needs: [],
    async run() {
      try {
        const paths = await certificatePaths(state.uri, {
          platform: process.platform,
          home: homedir(),
          isRoot: process.getuid?.() === 0,
          appData: process.env['APPDATA'],
        })
        const files = await readTlsFiles(paths, {
          isSane: !flag(state.uri, 'no_sanity'),
          nowMs: Date.now(),
        })
        state.tlsFiles = files
        return judgeClientFiles({
          ca: paths.ca,
          certificate: paths.certificate,
          ...(files.own ? { subject: files.own.subject } : {}),
          warnings: files.own ? files.warnings : [],
        })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return judgeClientFiles({ error: errorData(error) })
      }
    },
  }
}

function handshakeCheck(state: RunState): Check {
  return {
    id: 'tls',
    title: 'The server speaks TLS',
    needs: ['port', 'client-files'],
    limitMs: 20_000,
    async run(signal) {
      const [address] = state.addresses
      if (!state.tlsFiles || address === undefined) return skipped('There is nothing to connect with')
      const { host, port, tlsFiles: files } = state
      const greeting = await greetTlsServer({ address, port, host, files, limitMs: greetingLimitMs }, signal)
      if (greeting.kind === 'failed') return judgeHandshake(greeting, port)
      state.shownTls = greeting.server
      return judgeHandshake(greeting.server, port)
    },
  }
}

/** no_verify in the URI means that these are not looked at when connecting: what is wrong is still told. */
function serverCheck(
  state: RunState,
  id: string,
  title: string,
  judge: (shown: NonNullable<RunState['shownTls']>) => Verdict,
): Check {
  return {
    id,
    title,
    needs: ['tls'],
    run() {
      if (!state.shownTls) return skipped('The server has not been reached')
      const verdict = judge(state.shownTls)
      if (verdict.state !== 'failed' || !flag(state.uri, 'no_verify')) return verdict
      return {
        ...verdict,
        state: 'warning',
        found: `${verdict.found} (no_verify is set: it is not looked at)`,
      }
    },
  }
}
