/** The memory of a guest as a file for debuggers: gdb and crash read it, WinDbg the one for Windows. */
import type { DumpEnding, DumpFormat } from '../../../../shared/model/save/memory-dump'
import {
  virDomainCoreDumpFlags as dumpFlags,
  virDomainCoreDumpFormat as formats,
  type DomainHandle,
} from '../../../libvirt-rpc/index'
import type { ActionContext } from '../../backend'
import type { DumpRequest } from '../../save-session'
import { domainJobLimitMs, runDomainJob } from '../domain-job'
import type { LibvirtHost } from '../host'

const formatOf: Record<DumpFormat, number> = {
  raw: formats.VIR_DOMAIN_CORE_DUMP_FORMAT_RAW,
  'kdump-zlib': formats.VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_ZLIB,
  'kdump-lzo': formats.VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_LZO,
  'kdump-snappy': formats.VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_SNAPPY,
  'win-dmp': formats.VIR_DOMAIN_CORE_DUMP_FORMAT_WIN_DMP,
}
const flagOf: Record<DumpEnding, number> = {
  frozen: 0,
  live: dumpFlags.VIR_DUMP_LIVE,
  reset: dumpFlags.VIR_DUMP_RESET,
  off: dumpFlags.VIR_DUMP_CRASH,
}

/** libvirt removes the file of a dump that fails or is taken back. */
export function dumpToPath(
  host: LibvirtHost,
  dom: DomainHandle,
  { path, format, ending, isMemoryOnly, bypassCache }: DumpRequest,
  context: ActionContext,
): Promise<void> {
  const flags =
    flagOf[ending] |
    (isMemoryOnly ? dumpFlags.VIR_DUMP_MEMORY_ONLY : 0) |
    (bypassCache ? dumpFlags.VIR_DUMP_BYPASS_CACHE : 0)
  const args = { dom, to: path, dumpformat: formatOf[isMemoryOnly ? format : 'raw'], flags }
  return runDomainJob(host, dom, context, (session) =>
    session.call('DOMAIN_CORE_DUMP_WITH_FORMAT', args, { timeoutMs: domainJobLimitMs }),
  )
}
