// Do not edit: written by electron/libvirt-rpc/codegen/generate.ts from protocol-facts.json.
// libvirt 11.3.0 (structure), 12.8.0 API description (enumerations)

import type { XdrWriter } from '../xdr/writer'
import type * as T from './types.gen'

export function writeMessageDomain(w: XdrWriter, value: T.MessageDomain): void {
  w.string(value.name)
  w.uuid(value.uuid)
  w.int(value.id)
}
export function writeMessageNetwork(w: XdrWriter, value: T.MessageNetwork): void {
  w.string(value.name)
  w.uuid(value.uuid)
}
export function writeMessageError(w: XdrWriter, value: T.MessageError): void {
  w.int(value.code)
  w.int(value.domain)
  w.optional(value.message, (w, v) => w.string(v))
  w.int(value.level)
  w.optional(value.dom, (w, v) => writeMessageDomain(w, v))
  w.optional(value.str1, (w, v) => w.string(v))
  w.optional(value.str2, (w, v) => w.string(v))
  w.optional(value.str3, (w, v) => w.string(v))
  w.int(value.int1)
  w.int(value.int2)
  w.optional(value.net, (w, v) => writeMessageNetwork(w, v))
}
export function writeMessageHole(w: XdrWriter, value: T.MessageHole): void {
  w.hyper(value.length)
  w.uint(value.flags)
}
export function writeDomainHandle(w: XdrWriter, value: T.DomainHandle): void {
  w.string(value.name)
  w.uuid(value.uuid)
  w.int(value.id)
}
export function writeNetworkHandle(w: XdrWriter, value: T.NetworkHandle): void {
  w.string(value.name)
  w.uuid(value.uuid)
}
export function writeNetworkPortHandle(w: XdrWriter, value: T.NetworkPortHandle): void {
  writeNetworkHandle(w, value.net)
  w.uuid(value.uuid)
}
export function writeNwfilterHandle(w: XdrWriter, value: T.NwfilterHandle): void {
  w.string(value.name)
  w.uuid(value.uuid)
}
export function writeNwfilterBindingHandle(w: XdrWriter, value: T.NwfilterBindingHandle): void {
  w.string(value.portdev)
  w.string(value.filtername)
}
export function writeInterfaceHandle(w: XdrWriter, value: T.InterfaceHandle): void {
  w.string(value.name)
  w.string(value.mac)
}
export function writeStoragePoolHandle(w: XdrWriter, value: T.StoragePoolHandle): void {
  w.string(value.name)
  w.uuid(value.uuid)
}
export function writeStorageVolHandle(w: XdrWriter, value: T.StorageVolHandle): void {
  w.string(value.pool)
  w.string(value.name)
  w.string(value.key)
}
export function writeNodeDeviceHandle(w: XdrWriter, value: T.NodeDeviceHandle): void {
  w.string(value.name)
}
export function writeSecretHandle(w: XdrWriter, value: T.SecretHandle): void {
  w.uuid(value.uuid)
  w.int(value.usageType)
  w.string(value.usageID)
}
export function writeDomainCheckpointHandle(w: XdrWriter, value: T.DomainCheckpointHandle): void {
  w.string(value.name)
  writeDomainHandle(w, value.dom)
}
export function writeDomainSnapshotHandle(w: XdrWriter, value: T.DomainSnapshotHandle): void {
  w.string(value.name)
  writeDomainHandle(w, value.dom)
}
export function writeError(w: XdrWriter, value: T.Error): void {
  w.int(value.code)
  w.int(value.domain)
  w.optional(value.message, (w, v) => w.string(v))
  w.int(value.level)
  w.optional(value.dom, (w, v) => writeDomainHandle(w, v))
  w.optional(value.str1, (w, v) => w.string(v))
  w.optional(value.str2, (w, v) => w.string(v))
  w.optional(value.str3, (w, v) => w.string(v))
  w.int(value.int1)
  w.int(value.int2)
  w.optional(value.net, (w, v) => writeNetworkHandle(w, v))
}
export function writeVcpuInfo(w: XdrWriter, value: T.VcpuInfo): void {
  w.uint(value.number)
  w.int(value.state)
  w.uhyper(value.cpu_time)
  w.int(value.cpu)
}
export function writeTypedParam(w: XdrWriter, value: T.TypedParam): void {
  w.string(value.field)
  writeTypedParamValue(w, value.value)
}
export function writeNodeGetCpuStats(w: XdrWriter, value: T.NodeGetCpuStats): void {
  w.string(value.field)
  w.uhyper(value.value)
}
export function writeNodeGetMemoryStats(w: XdrWriter, value: T.NodeGetMemoryStats): void {
  w.string(value.field)
  w.uhyper(value.value)
}
export function writeDomainDiskError(w: XdrWriter, value: T.DomainDiskError): void {
  w.string(value.disk)
  w.int(value.error)
}
export function writeConnectOpenArgs(w: XdrWriter, value: T.ConnectOpenArgs): void {
  w.optional(value.name, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeConnectSupportsFeatureArgs(w: XdrWriter, value: T.ConnectSupportsFeatureArgs): void {
  w.int(value.feature)
}
export function writeConnectSupportsFeatureRet(w: XdrWriter, value: T.ConnectSupportsFeatureRet): void {
  w.int(value.supported)
}
export function writeConnectGetTypeRet(w: XdrWriter, value: T.ConnectGetTypeRet): void {
  w.string(value.type)
}
export function writeConnectGetVersionRet(w: XdrWriter, value: T.ConnectGetVersionRet): void {
  w.uhyper(value.hv_ver)
}
export function writeConnectGetLibVersionRet(w: XdrWriter, value: T.ConnectGetLibVersionRet): void {
  w.uhyper(value.lib_ver)
}
export function writeConnectGetHostnameRet(w: XdrWriter, value: T.ConnectGetHostnameRet): void {
  w.string(value.hostname)
}
export function writeConnectGetSysinfoArgs(w: XdrWriter, value: T.ConnectGetSysinfoArgs): void {
  w.uint(value.flags)
}
export function writeConnectGetSysinfoRet(w: XdrWriter, value: T.ConnectGetSysinfoRet): void {
  w.string(value.sysinfo)
}
export function writeConnectGetUriRet(w: XdrWriter, value: T.ConnectGetUriRet): void {
  w.string(value.uri)
}
export function writeConnectGetMaxVcpusArgs(w: XdrWriter, value: T.ConnectGetMaxVcpusArgs): void {
  w.optional(value.type, (w, v) => w.string(v))
}
export function writeConnectGetMaxVcpusRet(w: XdrWriter, value: T.ConnectGetMaxVcpusRet): void {
  w.int(value.max_vcpus)
}
export function writeNodeGetInfoRet(w: XdrWriter, value: T.NodeGetInfoRet): void {
  w.fixedChars(value.model, 32)
  w.uhyper(value.memory)
  w.int(value.cpus)
  w.int(value.mhz)
  w.int(value.nodes)
  w.int(value.sockets)
  w.int(value.cores)
  w.int(value.threads)
}
export function writeConnectGetCapabilitiesRet(w: XdrWriter, value: T.ConnectGetCapabilitiesRet): void {
  w.string(value.capabilities)
}
export function writeConnectGetDomainCapabilitiesArgs(w: XdrWriter, value: T.ConnectGetDomainCapabilitiesArgs): void {
  w.optional(value.emulatorbin, (w, v) => w.string(v))
  w.optional(value.arch, (w, v) => w.string(v))
  w.optional(value.machine, (w, v) => w.string(v))
  w.optional(value.virttype, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeConnectGetDomainCapabilitiesRet(w: XdrWriter, value: T.ConnectGetDomainCapabilitiesRet): void {
  w.string(value.capabilities)
}
export function writeNodeGetCpuStatsArgs(w: XdrWriter, value: T.NodeGetCpuStatsArgs): void {
  w.int(value.cpuNum)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeNodeGetCpuStatsRet(w: XdrWriter, value: T.NodeGetCpuStatsRet): void {
  w.array(value.params, 16, (w, v) => writeNodeGetCpuStats(w, v))
  w.int(value.nparams)
}
export function writeNodeGetMemoryStatsArgs(w: XdrWriter, value: T.NodeGetMemoryStatsArgs): void {
  w.int(value.nparams)
  w.int(value.cellNum)
  w.uint(value.flags)
}
export function writeNodeGetMemoryStatsRet(w: XdrWriter, value: T.NodeGetMemoryStatsRet): void {
  w.array(value.params, 16, (w, v) => writeNodeGetMemoryStats(w, v))
  w.int(value.nparams)
}
export function writeNodeGetCellsFreeMemoryArgs(w: XdrWriter, value: T.NodeGetCellsFreeMemoryArgs): void {
  w.int(value.startCell)
  w.int(value.maxcells)
}
export function writeNodeGetCellsFreeMemoryRet(w: XdrWriter, value: T.NodeGetCellsFreeMemoryRet): void {
  w.array(value.cells, 1024, (w, v) => w.uhyper(v))
}
export function writeNodeGetFreeMemoryRet(w: XdrWriter, value: T.NodeGetFreeMemoryRet): void {
  w.uhyper(value.freeMem)
}
export function writeDomainGetSchedulerTypeArgs(w: XdrWriter, value: T.DomainGetSchedulerTypeArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetSchedulerTypeRet(w: XdrWriter, value: T.DomainGetSchedulerTypeRet): void {
  w.string(value.type)
  w.int(value.nparams)
}
export function writeDomainGetSchedulerParametersArgs(w: XdrWriter, value: T.DomainGetSchedulerParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.nparams)
}
export function writeDomainGetSchedulerParametersRet(w: XdrWriter, value: T.DomainGetSchedulerParametersRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
}
export function writeDomainGetSchedulerParametersFlagsArgs(w: XdrWriter, value: T.DomainGetSchedulerParametersFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeDomainGetSchedulerParametersFlagsRet(w: XdrWriter, value: T.DomainGetSchedulerParametersFlagsRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
}
export function writeDomainSetSchedulerParametersArgs(w: XdrWriter, value: T.DomainSetSchedulerParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
}
export function writeDomainSetSchedulerParametersFlagsArgs(w: XdrWriter, value: T.DomainSetSchedulerParametersFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainSetBlkioParametersArgs(w: XdrWriter, value: T.DomainSetBlkioParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainGetBlkioParametersArgs(w: XdrWriter, value: T.DomainGetBlkioParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeDomainGetBlkioParametersRet(w: XdrWriter, value: T.DomainGetBlkioParametersRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainSetMemoryParametersArgs(w: XdrWriter, value: T.DomainSetMemoryParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainGetMemoryParametersArgs(w: XdrWriter, value: T.DomainGetMemoryParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeDomainGetMemoryParametersRet(w: XdrWriter, value: T.DomainGetMemoryParametersRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainBlockResizeArgs(w: XdrWriter, value: T.DomainBlockResizeArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.disk)
  w.uhyper(value.size)
  w.uint(value.flags)
}
export function writeDomainSetNumaParametersArgs(w: XdrWriter, value: T.DomainSetNumaParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainGetNumaParametersArgs(w: XdrWriter, value: T.DomainGetNumaParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeDomainGetNumaParametersRet(w: XdrWriter, value: T.DomainGetNumaParametersRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainSetPerfEventsArgs(w: XdrWriter, value: T.DomainSetPerfEventsArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainGetPerfEventsArgs(w: XdrWriter, value: T.DomainGetPerfEventsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetPerfEventsRet(w: XdrWriter, value: T.DomainGetPerfEventsRet): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
}
export function writeDomainBlockStatsArgs(w: XdrWriter, value: T.DomainBlockStatsArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
}
export function writeDomainBlockStatsRet(w: XdrWriter, value: T.DomainBlockStatsRet): void {
  w.hyper(value.rd_req)
  w.hyper(value.rd_bytes)
  w.hyper(value.wr_req)
  w.hyper(value.wr_bytes)
  w.hyper(value.errs)
}
export function writeDomainBlockStatsFlagsArgs(w: XdrWriter, value: T.DomainBlockStatsFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeDomainBlockStatsFlagsRet(w: XdrWriter, value: T.DomainBlockStatsFlagsRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainInterfaceStatsArgs(w: XdrWriter, value: T.DomainInterfaceStatsArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.device)
}
export function writeDomainInterfaceStatsRet(w: XdrWriter, value: T.DomainInterfaceStatsRet): void {
  w.hyper(value.rx_bytes)
  w.hyper(value.rx_packets)
  w.hyper(value.rx_errs)
  w.hyper(value.rx_drop)
  w.hyper(value.tx_bytes)
  w.hyper(value.tx_packets)
  w.hyper(value.tx_errs)
  w.hyper(value.tx_drop)
}
export function writeDomainSetInterfaceParametersArgs(w: XdrWriter, value: T.DomainSetInterfaceParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.device)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainGetInterfaceParametersArgs(w: XdrWriter, value: T.DomainGetInterfaceParametersArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.device)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeDomainGetInterfaceParametersRet(w: XdrWriter, value: T.DomainGetInterfaceParametersRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainMemoryStatsArgs(w: XdrWriter, value: T.DomainMemoryStatsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.maxStats)
  w.uint(value.flags)
}
export function writeDomainMemoryStat(w: XdrWriter, value: T.DomainMemoryStat): void {
  w.int(value.tag)
  w.uhyper(value.val)
}
export function writeDomainMemoryStatsRet(w: XdrWriter, value: T.DomainMemoryStatsRet): void {
  w.array(value.stats, 1024, (w, v) => writeDomainMemoryStat(w, v))
}
export function writeDomainBlockPeekArgs(w: XdrWriter, value: T.DomainBlockPeekArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.uhyper(value.offset)
  w.uint(value.size)
  w.uint(value.flags)
}
export function writeDomainBlockPeekRet(w: XdrWriter, value: T.DomainBlockPeekRet): void {
  w.opaque(value.buffer, 4194304)
}
export function writeDomainMemoryPeekArgs(w: XdrWriter, value: T.DomainMemoryPeekArgs): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.offset)
  w.uint(value.size)
  w.uint(value.flags)
}
export function writeDomainMemoryPeekRet(w: XdrWriter, value: T.DomainMemoryPeekRet): void {
  w.opaque(value.buffer, 4194304)
}
export function writeDomainGetBlockInfoArgs(w: XdrWriter, value: T.DomainGetBlockInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.uint(value.flags)
}
export function writeDomainGetBlockInfoRet(w: XdrWriter, value: T.DomainGetBlockInfoRet): void {
  w.uhyper(value.allocation)
  w.uhyper(value.capacity)
  w.uhyper(value.physical)
}
export function writeConnectListDomainsArgs(w: XdrWriter, value: T.ConnectListDomainsArgs): void {
  w.int(value.maxids)
}
export function writeConnectListDomainsRet(w: XdrWriter, value: T.ConnectListDomainsRet): void {
  w.array(value.ids, 16384, (w, v) => w.int(v))
}
export function writeConnectNumOfDomainsRet(w: XdrWriter, value: T.ConnectNumOfDomainsRet): void {
  w.int(value.num)
}
export function writeDomainCreateXmlArgs(w: XdrWriter, value: T.DomainCreateXmlArgs): void {
  w.string(value.xml_desc)
  w.uint(value.flags)
}
export function writeDomainCreateXmlRet(w: XdrWriter, value: T.DomainCreateXmlRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainCreateXmlWithFilesArgs(w: XdrWriter, value: T.DomainCreateXmlWithFilesArgs): void {
  w.string(value.xml_desc)
  w.uint(value.flags)
}
export function writeDomainCreateXmlWithFilesRet(w: XdrWriter, value: T.DomainCreateXmlWithFilesRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainLookupByIdArgs(w: XdrWriter, value: T.DomainLookupByIdArgs): void {
  w.int(value.id)
}
export function writeDomainLookupByIdRet(w: XdrWriter, value: T.DomainLookupByIdRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainLookupByUuidArgs(w: XdrWriter, value: T.DomainLookupByUuidArgs): void {
  w.uuid(value.uuid)
}
export function writeDomainLookupByUuidRet(w: XdrWriter, value: T.DomainLookupByUuidRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainLookupByNameArgs(w: XdrWriter, value: T.DomainLookupByNameArgs): void {
  w.string(value.name)
}
export function writeDomainLookupByNameRet(w: XdrWriter, value: T.DomainLookupByNameRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainSuspendArgs(w: XdrWriter, value: T.DomainSuspendArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainResumeArgs(w: XdrWriter, value: T.DomainResumeArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainPmSuspendForDurationArgs(w: XdrWriter, value: T.DomainPmSuspendForDurationArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.target)
  w.uhyper(value.duration)
  w.uint(value.flags)
}
export function writeDomainPmWakeupArgs(w: XdrWriter, value: T.DomainPmWakeupArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainShutdownArgs(w: XdrWriter, value: T.DomainShutdownArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainRebootArgs(w: XdrWriter, value: T.DomainRebootArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainResetArgs(w: XdrWriter, value: T.DomainResetArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainDestroyArgs(w: XdrWriter, value: T.DomainDestroyArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainDestroyFlagsArgs(w: XdrWriter, value: T.DomainDestroyFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetOsTypeArgs(w: XdrWriter, value: T.DomainGetOsTypeArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetOsTypeRet(w: XdrWriter, value: T.DomainGetOsTypeRet): void {
  w.string(value.type)
}
export function writeDomainGetMaxMemoryArgs(w: XdrWriter, value: T.DomainGetMaxMemoryArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetMaxMemoryRet(w: XdrWriter, value: T.DomainGetMaxMemoryRet): void {
  w.uhyper(value.memory)
}
export function writeDomainSetMaxMemoryArgs(w: XdrWriter, value: T.DomainSetMaxMemoryArgs): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.memory)
}
export function writeDomainSetMemoryArgs(w: XdrWriter, value: T.DomainSetMemoryArgs): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.memory)
}
export function writeDomainSetMemoryFlagsArgs(w: XdrWriter, value: T.DomainSetMemoryFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.memory)
  w.uint(value.flags)
}
export function writeDomainSetMemoryStatsPeriodArgs(w: XdrWriter, value: T.DomainSetMemoryStatsPeriodArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.period)
  w.uint(value.flags)
}
export function writeDomainGetInfoArgs(w: XdrWriter, value: T.DomainGetInfoArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetInfoRet(w: XdrWriter, value: T.DomainGetInfoRet): void {
  w.uchar(value.state)
  w.uhyper(value.maxMem)
  w.uhyper(value.memory)
  w.ushort(value.nrVirtCpu)
  w.uhyper(value.cpuTime)
}
export function writeDomainSaveArgs(w: XdrWriter, value: T.DomainSaveArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.to)
}
export function writeDomainSaveFlagsArgs(w: XdrWriter, value: T.DomainSaveFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.to)
  w.optional(value.dxml, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainSaveParamsArgs(w: XdrWriter, value: T.DomainSaveParamsArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainRestoreArgs(w: XdrWriter, value: T.DomainRestoreArgs): void {
  w.string(value.from)
}
export function writeDomainRestoreFlagsArgs(w: XdrWriter, value: T.DomainRestoreFlagsArgs): void {
  w.string(value.from)
  w.optional(value.dxml, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainRestoreParamsArgs(w: XdrWriter, value: T.DomainRestoreParamsArgs): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainSaveImageGetXmlDescArgs(w: XdrWriter, value: T.DomainSaveImageGetXmlDescArgs): void {
  w.string(value.file)
  w.uint(value.flags)
}
export function writeDomainSaveImageGetXmlDescRet(w: XdrWriter, value: T.DomainSaveImageGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeDomainSaveImageDefineXmlArgs(w: XdrWriter, value: T.DomainSaveImageDefineXmlArgs): void {
  w.string(value.file)
  w.string(value.dxml)
  w.uint(value.flags)
}
export function writeDomainCoreDumpArgs(w: XdrWriter, value: T.DomainCoreDumpArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.to)
  w.uint(value.flags)
}
export function writeDomainCoreDumpWithFormatArgs(w: XdrWriter, value: T.DomainCoreDumpWithFormatArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.to)
  w.uint(value.dumpformat)
  w.uint(value.flags)
}
export function writeDomainScreenshotArgs(w: XdrWriter, value: T.DomainScreenshotArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.screen)
  w.uint(value.flags)
}
export function writeDomainScreenshotRet(w: XdrWriter, value: T.DomainScreenshotRet): void {
  w.optional(value.mime, (w, v) => w.string(v))
}
export function writeDomainGetXmlDescArgs(w: XdrWriter, value: T.DomainGetXmlDescArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetXmlDescRet(w: XdrWriter, value: T.DomainGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeDomainMigratePrepareArgs(w: XdrWriter, value: T.DomainMigratePrepareArgs): void {
  w.optional(value.uri_in, (w, v) => w.string(v))
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
}
export function writeDomainMigratePrepareRet(w: XdrWriter, value: T.DomainMigratePrepareRet): void {
  w.opaque(value.cookie, 4194304)
  w.optional(value.uri_out, (w, v) => w.string(v))
}
export function writeDomainMigratePerformArgs(w: XdrWriter, value: T.DomainMigratePerformArgs): void {
  writeDomainHandle(w, value.dom)
  w.opaque(value.cookie, 4194304)
  w.string(value.uri)
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
}
export function writeDomainMigrateFinishArgs(w: XdrWriter, value: T.DomainMigrateFinishArgs): void {
  w.string(value.dname)
  w.opaque(value.cookie, 4194304)
  w.string(value.uri)
  w.uhyper(value.flags)
}
export function writeDomainMigrateFinishRet(w: XdrWriter, value: T.DomainMigrateFinishRet): void {
  writeDomainHandle(w, value.ddom)
}
export function writeDomainMigratePrepare2Args(w: XdrWriter, value: T.DomainMigratePrepare2Args): void {
  w.optional(value.uri_in, (w, v) => w.string(v))
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
  w.string(value.dom_xml)
}
export function writeDomainMigratePrepare2Ret(w: XdrWriter, value: T.DomainMigratePrepare2Ret): void {
  w.opaque(value.cookie, 4194304)
  w.optional(value.uri_out, (w, v) => w.string(v))
}
export function writeDomainMigrateFinish2Args(w: XdrWriter, value: T.DomainMigrateFinish2Args): void {
  w.string(value.dname)
  w.opaque(value.cookie, 4194304)
  w.string(value.uri)
  w.uhyper(value.flags)
  w.int(value.retcode)
}
export function writeDomainMigrateFinish2Ret(w: XdrWriter, value: T.DomainMigrateFinish2Ret): void {
  writeDomainHandle(w, value.ddom)
}
export function writeConnectListDefinedDomainsArgs(w: XdrWriter, value: T.ConnectListDefinedDomainsArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListDefinedDomainsRet(w: XdrWriter, value: T.ConnectListDefinedDomainsRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeConnectNumOfDefinedDomainsRet(w: XdrWriter, value: T.ConnectNumOfDefinedDomainsRet): void {
  w.int(value.num)
}
export function writeDomainCreateArgs(w: XdrWriter, value: T.DomainCreateArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainCreateWithFlagsArgs(w: XdrWriter, value: T.DomainCreateWithFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainCreateWithFlagsRet(w: XdrWriter, value: T.DomainCreateWithFlagsRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainCreateWithFilesArgs(w: XdrWriter, value: T.DomainCreateWithFilesArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainCreateWithFilesRet(w: XdrWriter, value: T.DomainCreateWithFilesRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainDefineXmlArgs(w: XdrWriter, value: T.DomainDefineXmlArgs): void {
  w.string(value.xml)
}
export function writeDomainDefineXmlRet(w: XdrWriter, value: T.DomainDefineXmlRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainDefineXmlFlagsArgs(w: XdrWriter, value: T.DomainDefineXmlFlagsArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeDomainDefineXmlFlagsRet(w: XdrWriter, value: T.DomainDefineXmlFlagsRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainUndefineArgs(w: XdrWriter, value: T.DomainUndefineArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainUndefineFlagsArgs(w: XdrWriter, value: T.DomainUndefineFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainInjectNmiArgs(w: XdrWriter, value: T.DomainInjectNmiArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainSendKeyArgs(w: XdrWriter, value: T.DomainSendKeyArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.codeset)
  w.uint(value.holdtime)
  w.array(value.keycodes, 16, (w, v) => w.uint(v))
  w.uint(value.flags)
}
export function writeDomainSendProcessSignalArgs(w: XdrWriter, value: T.DomainSendProcessSignalArgs): void {
  writeDomainHandle(w, value.dom)
  w.hyper(value.pid_value)
  w.uint(value.signum)
  w.uint(value.flags)
}
export function writeDomainSetVcpusArgs(w: XdrWriter, value: T.DomainSetVcpusArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.nvcpus)
}
export function writeDomainSetVcpusFlagsArgs(w: XdrWriter, value: T.DomainSetVcpusFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.nvcpus)
  w.uint(value.flags)
}
export function writeDomainGetVcpusFlagsArgs(w: XdrWriter, value: T.DomainGetVcpusFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetVcpusFlagsRet(w: XdrWriter, value: T.DomainGetVcpusFlagsRet): void {
  w.int(value.num)
}
export function writeDomainPinVcpuArgs(w: XdrWriter, value: T.DomainPinVcpuArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.vcpu)
  w.opaque(value.cpumap, 2048)
}
export function writeDomainPinVcpuFlagsArgs(w: XdrWriter, value: T.DomainPinVcpuFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.vcpu)
  w.opaque(value.cpumap, 2048)
  w.uint(value.flags)
}
export function writeDomainGetVcpuPinInfoArgs(w: XdrWriter, value: T.DomainGetVcpuPinInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.ncpumaps)
  w.int(value.maplen)
  w.uint(value.flags)
}
export function writeDomainGetVcpuPinInfoRet(w: XdrWriter, value: T.DomainGetVcpuPinInfoRet): void {
  w.opaque(value.cpumaps, 8388608)
  w.int(value.num)
}
export function writeDomainPinEmulatorArgs(w: XdrWriter, value: T.DomainPinEmulatorArgs): void {
  writeDomainHandle(w, value.dom)
  w.opaque(value.cpumap, 2048)
  w.uint(value.flags)
}
export function writeDomainGetEmulatorPinInfoArgs(w: XdrWriter, value: T.DomainGetEmulatorPinInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.maplen)
  w.uint(value.flags)
}
export function writeDomainGetEmulatorPinInfoRet(w: XdrWriter, value: T.DomainGetEmulatorPinInfoRet): void {
  w.opaque(value.cpumaps, 8388608)
  w.int(value.ret)
}
export function writeDomainGetVcpusArgs(w: XdrWriter, value: T.DomainGetVcpusArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.maxinfo)
  w.int(value.maplen)
}
export function writeDomainGetVcpusRet(w: XdrWriter, value: T.DomainGetVcpusRet): void {
  w.array(value.info, 16384, (w, v) => writeVcpuInfo(w, v))
  w.opaque(value.cpumaps, 8388608)
}
export function writeDomainGetMaxVcpusArgs(w: XdrWriter, value: T.DomainGetMaxVcpusArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetMaxVcpusRet(w: XdrWriter, value: T.DomainGetMaxVcpusRet): void {
  w.int(value.num)
}
export function writeDomainIothreadInfo(w: XdrWriter, value: T.DomainIothreadInfo): void {
  w.uint(value.iothread_id)
  w.opaque(value.cpumap, 2048)
}
export function writeDomainGetIothreadInfoArgs(w: XdrWriter, value: T.DomainGetIothreadInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetIothreadInfoRet(w: XdrWriter, value: T.DomainGetIothreadInfoRet): void {
  w.array(value.info, 16384, (w, v) => writeDomainIothreadInfo(w, v))
  w.uint(value.ret)
}
export function writeDomainPinIothreadArgs(w: XdrWriter, value: T.DomainPinIothreadArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.iothreads_id)
  w.opaque(value.cpumap, 2048)
  w.uint(value.flags)
}
export function writeDomainAddIothreadArgs(w: XdrWriter, value: T.DomainAddIothreadArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.iothread_id)
  w.uint(value.flags)
}
export function writeDomainDelIothreadArgs(w: XdrWriter, value: T.DomainDelIothreadArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.iothread_id)
  w.uint(value.flags)
}
export function writeDomainSetIothreadParamsArgs(w: XdrWriter, value: T.DomainSetIothreadParamsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.iothread_id)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainGetSecurityLabelArgs(w: XdrWriter, value: T.DomainGetSecurityLabelArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetSecurityLabelRet(w: XdrWriter, value: T.DomainGetSecurityLabelRet): void {
  w.chars(value.label, 4097)
  w.int(value.enforcing)
}
export function writeDomainGetSecurityLabelListArgs(w: XdrWriter, value: T.DomainGetSecurityLabelListArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetSecurityLabelListRet(w: XdrWriter, value: T.DomainGetSecurityLabelListRet): void {
  w.array(value.labels, 64, (w, v) => writeDomainGetSecurityLabelRet(w, v))
  w.int(value.ret)
}
export function writeNodeGetSecurityModelRet(w: XdrWriter, value: T.NodeGetSecurityModelRet): void {
  w.chars(value.model, 257)
  w.chars(value.doi, 257)
}
export function writeDomainAttachDeviceArgs(w: XdrWriter, value: T.DomainAttachDeviceArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.xml)
}
export function writeDomainAttachDeviceFlagsArgs(w: XdrWriter, value: T.DomainAttachDeviceFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeDomainDetachDeviceArgs(w: XdrWriter, value: T.DomainDetachDeviceArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.xml)
}
export function writeDomainDetachDeviceFlagsArgs(w: XdrWriter, value: T.DomainDetachDeviceFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeDomainUpdateDeviceFlagsArgs(w: XdrWriter, value: T.DomainUpdateDeviceFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeDomainDetachDeviceAliasArgs(w: XdrWriter, value: T.DomainDetachDeviceAliasArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.alias)
  w.uint(value.flags)
}
export function writeDomainGetAutostartArgs(w: XdrWriter, value: T.DomainGetAutostartArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetAutostartRet(w: XdrWriter, value: T.DomainGetAutostartRet): void {
  w.int(value.autostart)
}
export function writeDomainSetAutostartArgs(w: XdrWriter, value: T.DomainSetAutostartArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.autostart)
}
export function writeDomainSetMetadataArgs(w: XdrWriter, value: T.DomainSetMetadataArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.type)
  w.optional(value.metadata, (w, v) => w.string(v))
  w.optional(value.key, (w, v) => w.string(v))
  w.optional(value.uri, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainGetMetadataArgs(w: XdrWriter, value: T.DomainGetMetadataArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.type)
  w.optional(value.uri, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainGetMetadataRet(w: XdrWriter, value: T.DomainGetMetadataRet): void {
  w.string(value.metadata)
}
export function writeDomainBlockJobAbortArgs(w: XdrWriter, value: T.DomainBlockJobAbortArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.uint(value.flags)
}
export function writeDomainGetBlockJobInfoArgs(w: XdrWriter, value: T.DomainGetBlockJobInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.uint(value.flags)
}
export function writeDomainGetBlockJobInfoRet(w: XdrWriter, value: T.DomainGetBlockJobInfoRet): void {
  w.int(value.found)
  w.int(value.type)
  w.uhyper(value.bandwidth)
  w.uhyper(value.cur)
  w.uhyper(value.end)
}
export function writeDomainBlockJobSetSpeedArgs(w: XdrWriter, value: T.DomainBlockJobSetSpeedArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.uhyper(value.bandwidth)
  w.uint(value.flags)
}
export function writeDomainBlockPullArgs(w: XdrWriter, value: T.DomainBlockPullArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.uhyper(value.bandwidth)
  w.uint(value.flags)
}
export function writeDomainBlockRebaseArgs(w: XdrWriter, value: T.DomainBlockRebaseArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.optional(value.base, (w, v) => w.string(v))
  w.uhyper(value.bandwidth)
  w.uint(value.flags)
}
export function writeDomainBlockCopyArgs(w: XdrWriter, value: T.DomainBlockCopyArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.string(value.destxml)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainBlockCommitArgs(w: XdrWriter, value: T.DomainBlockCommitArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.disk)
  w.optional(value.base, (w, v) => w.string(v))
  w.optional(value.top, (w, v) => w.string(v))
  w.uhyper(value.bandwidth)
  w.uint(value.flags)
}
export function writeDomainSetBlockIoTuneArgs(w: XdrWriter, value: T.DomainSetBlockIoTuneArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.disk)
  w.array(value.params, 32, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainGetBlockIoTuneArgs(w: XdrWriter, value: T.DomainGetBlockIoTuneArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.disk, (w, v) => w.string(v))
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeDomainGetBlockIoTuneRet(w: XdrWriter, value: T.DomainGetBlockIoTuneRet): void {
  w.array(value.params, 32, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainSetThrottleGroupArgs(w: XdrWriter, value: T.DomainSetThrottleGroupArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.group)
  w.array(value.params, 32, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainDelThrottleGroupArgs(w: XdrWriter, value: T.DomainDelThrottleGroupArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.group, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainGetCpuStatsArgs(w: XdrWriter, value: T.DomainGetCpuStatsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.nparams)
  w.int(value.start_cpu)
  w.uint(value.ncpus)
  w.uint(value.flags)
}
export function writeDomainGetCpuStatsRet(w: XdrWriter, value: T.DomainGetCpuStatsRet): void {
  w.array(value.params, 2048, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainGetHostnameArgs(w: XdrWriter, value: T.DomainGetHostnameArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetHostnameRet(w: XdrWriter, value: T.DomainGetHostnameRet): void {
  w.string(value.hostname)
}
export function writeConnectNumOfNetworksRet(w: XdrWriter, value: T.ConnectNumOfNetworksRet): void {
  w.int(value.num)
}
export function writeConnectListNetworksArgs(w: XdrWriter, value: T.ConnectListNetworksArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListNetworksRet(w: XdrWriter, value: T.ConnectListNetworksRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeConnectNumOfDefinedNetworksRet(w: XdrWriter, value: T.ConnectNumOfDefinedNetworksRet): void {
  w.int(value.num)
}
export function writeConnectListDefinedNetworksArgs(w: XdrWriter, value: T.ConnectListDefinedNetworksArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListDefinedNetworksRet(w: XdrWriter, value: T.ConnectListDefinedNetworksRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeNetworkLookupByUuidArgs(w: XdrWriter, value: T.NetworkLookupByUuidArgs): void {
  w.uuid(value.uuid)
}
export function writeNetworkLookupByUuidRet(w: XdrWriter, value: T.NetworkLookupByUuidRet): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkLookupByNameArgs(w: XdrWriter, value: T.NetworkLookupByNameArgs): void {
  w.string(value.name)
}
export function writeNetworkLookupByNameRet(w: XdrWriter, value: T.NetworkLookupByNameRet): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkCreateXmlArgs(w: XdrWriter, value: T.NetworkCreateXmlArgs): void {
  w.string(value.xml)
}
export function writeNetworkCreateXmlRet(w: XdrWriter, value: T.NetworkCreateXmlRet): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkCreateXmlFlagsArgs(w: XdrWriter, value: T.NetworkCreateXmlFlagsArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeNetworkCreateXmlFlagsRet(w: XdrWriter, value: T.NetworkCreateXmlFlagsRet): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkDefineXmlArgs(w: XdrWriter, value: T.NetworkDefineXmlArgs): void {
  w.string(value.xml)
}
export function writeNetworkDefineXmlRet(w: XdrWriter, value: T.NetworkDefineXmlRet): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkDefineXmlFlagsArgs(w: XdrWriter, value: T.NetworkDefineXmlFlagsArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeNetworkDefineXmlFlagsRet(w: XdrWriter, value: T.NetworkDefineXmlFlagsRet): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkUndefineArgs(w: XdrWriter, value: T.NetworkUndefineArgs): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkUpdateArgs(w: XdrWriter, value: T.NetworkUpdateArgs): void {
  writeNetworkHandle(w, value.net)
  w.uint(value.command)
  w.uint(value.section)
  w.int(value.parentIndex)
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeNetworkCreateArgs(w: XdrWriter, value: T.NetworkCreateArgs): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkDestroyArgs(w: XdrWriter, value: T.NetworkDestroyArgs): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkGetXmlDescArgs(w: XdrWriter, value: T.NetworkGetXmlDescArgs): void {
  writeNetworkHandle(w, value.net)
  w.uint(value.flags)
}
export function writeNetworkGetXmlDescRet(w: XdrWriter, value: T.NetworkGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeNetworkGetBridgeNameArgs(w: XdrWriter, value: T.NetworkGetBridgeNameArgs): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkGetBridgeNameRet(w: XdrWriter, value: T.NetworkGetBridgeNameRet): void {
  w.string(value.name)
}
export function writeNetworkGetAutostartArgs(w: XdrWriter, value: T.NetworkGetAutostartArgs): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkGetAutostartRet(w: XdrWriter, value: T.NetworkGetAutostartRet): void {
  w.int(value.autostart)
}
export function writeNetworkSetAutostartArgs(w: XdrWriter, value: T.NetworkSetAutostartArgs): void {
  writeNetworkHandle(w, value.net)
  w.int(value.autostart)
}
export function writeConnectNumOfNwfiltersRet(w: XdrWriter, value: T.ConnectNumOfNwfiltersRet): void {
  w.int(value.num)
}
export function writeConnectListNwfiltersArgs(w: XdrWriter, value: T.ConnectListNwfiltersArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListNwfiltersRet(w: XdrWriter, value: T.ConnectListNwfiltersRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeNwfilterLookupByUuidArgs(w: XdrWriter, value: T.NwfilterLookupByUuidArgs): void {
  w.uuid(value.uuid)
}
export function writeNwfilterLookupByUuidRet(w: XdrWriter, value: T.NwfilterLookupByUuidRet): void {
  writeNwfilterHandle(w, value.nwfilter)
}
export function writeNwfilterLookupByNameArgs(w: XdrWriter, value: T.NwfilterLookupByNameArgs): void {
  w.string(value.name)
}
export function writeNwfilterLookupByNameRet(w: XdrWriter, value: T.NwfilterLookupByNameRet): void {
  writeNwfilterHandle(w, value.nwfilter)
}
export function writeNwfilterDefineXmlArgs(w: XdrWriter, value: T.NwfilterDefineXmlArgs): void {
  w.string(value.xml)
}
export function writeNwfilterDefineXmlRet(w: XdrWriter, value: T.NwfilterDefineXmlRet): void {
  writeNwfilterHandle(w, value.nwfilter)
}
export function writeNwfilterDefineXmlFlagsArgs(w: XdrWriter, value: T.NwfilterDefineXmlFlagsArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeNwfilterDefineXmlFlagsRet(w: XdrWriter, value: T.NwfilterDefineXmlFlagsRet): void {
  writeNwfilterHandle(w, value.nwfilter)
}
export function writeNwfilterUndefineArgs(w: XdrWriter, value: T.NwfilterUndefineArgs): void {
  writeNwfilterHandle(w, value.nwfilter)
}
export function writeNwfilterGetXmlDescArgs(w: XdrWriter, value: T.NwfilterGetXmlDescArgs): void {
  writeNwfilterHandle(w, value.nwfilter)
  w.uint(value.flags)
}
export function writeNwfilterGetXmlDescRet(w: XdrWriter, value: T.NwfilterGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeConnectNumOfInterfacesRet(w: XdrWriter, value: T.ConnectNumOfInterfacesRet): void {
  w.int(value.num)
}
export function writeConnectListInterfacesArgs(w: XdrWriter, value: T.ConnectListInterfacesArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListInterfacesRet(w: XdrWriter, value: T.ConnectListInterfacesRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeConnectNumOfDefinedInterfacesRet(w: XdrWriter, value: T.ConnectNumOfDefinedInterfacesRet): void {
  w.int(value.num)
}
export function writeConnectListDefinedInterfacesArgs(w: XdrWriter, value: T.ConnectListDefinedInterfacesArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListDefinedInterfacesRet(w: XdrWriter, value: T.ConnectListDefinedInterfacesRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeInterfaceLookupByNameArgs(w: XdrWriter, value: T.InterfaceLookupByNameArgs): void {
  w.string(value.name)
}
export function writeInterfaceLookupByNameRet(w: XdrWriter, value: T.InterfaceLookupByNameRet): void {
  writeInterfaceHandle(w, value.iface)
}
export function writeInterfaceLookupByMacStringArgs(w: XdrWriter, value: T.InterfaceLookupByMacStringArgs): void {
  w.string(value.mac)
}
export function writeInterfaceLookupByMacStringRet(w: XdrWriter, value: T.InterfaceLookupByMacStringRet): void {
  writeInterfaceHandle(w, value.iface)
}
export function writeInterfaceGetXmlDescArgs(w: XdrWriter, value: T.InterfaceGetXmlDescArgs): void {
  writeInterfaceHandle(w, value.iface)
  w.uint(value.flags)
}
export function writeInterfaceGetXmlDescRet(w: XdrWriter, value: T.InterfaceGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeInterfaceDefineXmlArgs(w: XdrWriter, value: T.InterfaceDefineXmlArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeInterfaceDefineXmlRet(w: XdrWriter, value: T.InterfaceDefineXmlRet): void {
  writeInterfaceHandle(w, value.iface)
}
export function writeInterfaceUndefineArgs(w: XdrWriter, value: T.InterfaceUndefineArgs): void {
  writeInterfaceHandle(w, value.iface)
}
export function writeInterfaceCreateArgs(w: XdrWriter, value: T.InterfaceCreateArgs): void {
  writeInterfaceHandle(w, value.iface)
  w.uint(value.flags)
}
export function writeInterfaceDestroyArgs(w: XdrWriter, value: T.InterfaceDestroyArgs): void {
  writeInterfaceHandle(w, value.iface)
  w.uint(value.flags)
}
export function writeInterfaceChangeBeginArgs(w: XdrWriter, value: T.InterfaceChangeBeginArgs): void {
  w.uint(value.flags)
}
export function writeInterfaceChangeCommitArgs(w: XdrWriter, value: T.InterfaceChangeCommitArgs): void {
  w.uint(value.flags)
}
export function writeInterfaceChangeRollbackArgs(w: XdrWriter, value: T.InterfaceChangeRollbackArgs): void {
  w.uint(value.flags)
}
export function writeAuthListRet(w: XdrWriter, value: T.AuthListRet): void {
  w.array(value.types, 20, (w, v) => w.int(v))
}
export function writeAuthSaslInitRet(w: XdrWriter, value: T.AuthSaslInitRet): void {
  w.string(value.mechlist)
}
export function writeAuthSaslStartArgs(w: XdrWriter, value: T.AuthSaslStartArgs): void {
  w.string(value.mech)
  w.int(value.nil)
  w.chars(value.data, 65536)
}
export function writeAuthSaslStartRet(w: XdrWriter, value: T.AuthSaslStartRet): void {
  w.int(value.complete)
  w.int(value.nil)
  w.chars(value.data, 65536)
}
export function writeAuthSaslStepArgs(w: XdrWriter, value: T.AuthSaslStepArgs): void {
  w.int(value.nil)
  w.chars(value.data, 65536)
}
export function writeAuthSaslStepRet(w: XdrWriter, value: T.AuthSaslStepRet): void {
  w.int(value.complete)
  w.int(value.nil)
  w.chars(value.data, 65536)
}
export function writeAuthPolkitRet(w: XdrWriter, value: T.AuthPolkitRet): void {
  w.int(value.complete)
}
export function writeConnectNumOfStoragePoolsRet(w: XdrWriter, value: T.ConnectNumOfStoragePoolsRet): void {
  w.int(value.num)
}
export function writeConnectListStoragePoolsArgs(w: XdrWriter, value: T.ConnectListStoragePoolsArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListStoragePoolsRet(w: XdrWriter, value: T.ConnectListStoragePoolsRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeConnectNumOfDefinedStoragePoolsRet(w: XdrWriter, value: T.ConnectNumOfDefinedStoragePoolsRet): void {
  w.int(value.num)
}
export function writeConnectListDefinedStoragePoolsArgs(w: XdrWriter, value: T.ConnectListDefinedStoragePoolsArgs): void {
  w.int(value.maxnames)
}
export function writeConnectListDefinedStoragePoolsRet(w: XdrWriter, value: T.ConnectListDefinedStoragePoolsRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeConnectFindStoragePoolSourcesArgs(w: XdrWriter, value: T.ConnectFindStoragePoolSourcesArgs): void {
  w.string(value.type)
  w.optional(value.srcSpec, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeConnectFindStoragePoolSourcesRet(w: XdrWriter, value: T.ConnectFindStoragePoolSourcesRet): void {
  w.string(value.xml)
}
export function writeStoragePoolLookupByUuidArgs(w: XdrWriter, value: T.StoragePoolLookupByUuidArgs): void {
  w.uuid(value.uuid)
}
export function writeStoragePoolLookupByUuidRet(w: XdrWriter, value: T.StoragePoolLookupByUuidRet): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolLookupByNameArgs(w: XdrWriter, value: T.StoragePoolLookupByNameArgs): void {
  w.string(value.name)
}
export function writeStoragePoolLookupByNameRet(w: XdrWriter, value: T.StoragePoolLookupByNameRet): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolLookupByVolumeArgs(w: XdrWriter, value: T.StoragePoolLookupByVolumeArgs): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStoragePoolLookupByVolumeRet(w: XdrWriter, value: T.StoragePoolLookupByVolumeRet): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolLookupByTargetPathArgs(w: XdrWriter, value: T.StoragePoolLookupByTargetPathArgs): void {
  w.string(value.path)
}
export function writeStoragePoolLookupByTargetPathRet(w: XdrWriter, value: T.StoragePoolLookupByTargetPathRet): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolCreateXmlArgs(w: XdrWriter, value: T.StoragePoolCreateXmlArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeStoragePoolCreateXmlRet(w: XdrWriter, value: T.StoragePoolCreateXmlRet): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolDefineXmlArgs(w: XdrWriter, value: T.StoragePoolDefineXmlArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeStoragePoolDefineXmlRet(w: XdrWriter, value: T.StoragePoolDefineXmlRet): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolBuildArgs(w: XdrWriter, value: T.StoragePoolBuildArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.uint(value.flags)
}
export function writeStoragePoolUndefineArgs(w: XdrWriter, value: T.StoragePoolUndefineArgs): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolCreateArgs(w: XdrWriter, value: T.StoragePoolCreateArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.uint(value.flags)
}
export function writeStoragePoolDestroyArgs(w: XdrWriter, value: T.StoragePoolDestroyArgs): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolDeleteArgs(w: XdrWriter, value: T.StoragePoolDeleteArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.uint(value.flags)
}
export function writeStoragePoolRefreshArgs(w: XdrWriter, value: T.StoragePoolRefreshArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.uint(value.flags)
}
export function writeStoragePoolGetXmlDescArgs(w: XdrWriter, value: T.StoragePoolGetXmlDescArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.uint(value.flags)
}
export function writeStoragePoolGetXmlDescRet(w: XdrWriter, value: T.StoragePoolGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeStoragePoolGetInfoArgs(w: XdrWriter, value: T.StoragePoolGetInfoArgs): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolGetInfoRet(w: XdrWriter, value: T.StoragePoolGetInfoRet): void {
  w.uchar(value.state)
  w.uhyper(value.capacity)
  w.uhyper(value.allocation)
  w.uhyper(value.available)
}
export function writeStoragePoolGetAutostartArgs(w: XdrWriter, value: T.StoragePoolGetAutostartArgs): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolGetAutostartRet(w: XdrWriter, value: T.StoragePoolGetAutostartRet): void {
  w.int(value.autostart)
}
export function writeStoragePoolSetAutostartArgs(w: XdrWriter, value: T.StoragePoolSetAutostartArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.int(value.autostart)
}
export function writeStoragePoolNumOfVolumesArgs(w: XdrWriter, value: T.StoragePoolNumOfVolumesArgs): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolNumOfVolumesRet(w: XdrWriter, value: T.StoragePoolNumOfVolumesRet): void {
  w.int(value.num)
}
export function writeStoragePoolListVolumesArgs(w: XdrWriter, value: T.StoragePoolListVolumesArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.int(value.maxnames)
}
export function writeStoragePoolListVolumesRet(w: XdrWriter, value: T.StoragePoolListVolumesRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeStorageVolLookupByNameArgs(w: XdrWriter, value: T.StorageVolLookupByNameArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.string(value.name)
}
export function writeStorageVolLookupByNameRet(w: XdrWriter, value: T.StorageVolLookupByNameRet): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStorageVolLookupByKeyArgs(w: XdrWriter, value: T.StorageVolLookupByKeyArgs): void {
  w.string(value.key)
}
export function writeStorageVolLookupByKeyRet(w: XdrWriter, value: T.StorageVolLookupByKeyRet): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStorageVolLookupByPathArgs(w: XdrWriter, value: T.StorageVolLookupByPathArgs): void {
  w.string(value.path)
}
export function writeStorageVolLookupByPathRet(w: XdrWriter, value: T.StorageVolLookupByPathRet): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStorageVolCreateXmlArgs(w: XdrWriter, value: T.StorageVolCreateXmlArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeStorageVolCreateXmlRet(w: XdrWriter, value: T.StorageVolCreateXmlRet): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStorageVolCreateXmlFromArgs(w: XdrWriter, value: T.StorageVolCreateXmlFromArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.string(value.xml)
  writeStorageVolHandle(w, value.clonevol)
  w.uint(value.flags)
}
export function writeStorageVolCreateXmlFromRet(w: XdrWriter, value: T.StorageVolCreateXmlFromRet): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStorageVolDeleteArgs(w: XdrWriter, value: T.StorageVolDeleteArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uint(value.flags)
}
export function writeStorageVolWipeArgs(w: XdrWriter, value: T.StorageVolWipeArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uint(value.flags)
}
export function writeStorageVolWipePatternArgs(w: XdrWriter, value: T.StorageVolWipePatternArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uint(value.algorithm)
  w.uint(value.flags)
}
export function writeStorageVolGetXmlDescArgs(w: XdrWriter, value: T.StorageVolGetXmlDescArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uint(value.flags)
}
export function writeStorageVolGetXmlDescRet(w: XdrWriter, value: T.StorageVolGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeStorageVolGetInfoArgs(w: XdrWriter, value: T.StorageVolGetInfoArgs): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStorageVolGetInfoRet(w: XdrWriter, value: T.StorageVolGetInfoRet): void {
  w.char(value.type)
  w.uhyper(value.capacity)
  w.uhyper(value.allocation)
}
export function writeStorageVolGetInfoFlagsArgs(w: XdrWriter, value: T.StorageVolGetInfoFlagsArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uint(value.flags)
}
export function writeStorageVolGetInfoFlagsRet(w: XdrWriter, value: T.StorageVolGetInfoFlagsRet): void {
  w.char(value.type)
  w.uhyper(value.capacity)
  w.uhyper(value.allocation)
}
export function writeStorageVolGetPathArgs(w: XdrWriter, value: T.StorageVolGetPathArgs): void {
  writeStorageVolHandle(w, value.vol)
}
export function writeStorageVolGetPathRet(w: XdrWriter, value: T.StorageVolGetPathRet): void {
  w.string(value.name)
}
export function writeStorageVolResizeArgs(w: XdrWriter, value: T.StorageVolResizeArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uhyper(value.capacity)
  w.uint(value.flags)
}
export function writeNodeNumOfDevicesArgs(w: XdrWriter, value: T.NodeNumOfDevicesArgs): void {
  w.optional(value.cap, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeNodeNumOfDevicesRet(w: XdrWriter, value: T.NodeNumOfDevicesRet): void {
  w.int(value.num)
}
export function writeNodeListDevicesArgs(w: XdrWriter, value: T.NodeListDevicesArgs): void {
  w.optional(value.cap, (w, v) => w.string(v))
  w.int(value.maxnames)
  w.uint(value.flags)
}
export function writeNodeListDevicesRet(w: XdrWriter, value: T.NodeListDevicesRet): void {
  w.array(value.names, 65536, (w, v) => w.string(v))
}
export function writeNodeDeviceLookupByNameArgs(w: XdrWriter, value: T.NodeDeviceLookupByNameArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceLookupByNameRet(w: XdrWriter, value: T.NodeDeviceLookupByNameRet): void {
  writeNodeDeviceHandle(w, value.dev)
}
export function writeNodeDeviceLookupScsiHostByWwnArgs(w: XdrWriter, value: T.NodeDeviceLookupScsiHostByWwnArgs): void {
  w.string(value.wwnn)
  w.string(value.wwpn)
  w.uint(value.flags)
}
export function writeNodeDeviceLookupScsiHostByWwnRet(w: XdrWriter, value: T.NodeDeviceLookupScsiHostByWwnRet): void {
  writeNodeDeviceHandle(w, value.dev)
}
export function writeNodeDeviceGetXmlDescArgs(w: XdrWriter, value: T.NodeDeviceGetXmlDescArgs): void {
  w.string(value.name)
  w.uint(value.flags)
}
export function writeNodeDeviceGetXmlDescRet(w: XdrWriter, value: T.NodeDeviceGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeNodeDeviceGetParentArgs(w: XdrWriter, value: T.NodeDeviceGetParentArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceGetParentRet(w: XdrWriter, value: T.NodeDeviceGetParentRet): void {
  w.optional(value.parentName, (w, v) => w.string(v))
}
export function writeNodeDeviceNumOfCapsArgs(w: XdrWriter, value: T.NodeDeviceNumOfCapsArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceNumOfCapsRet(w: XdrWriter, value: T.NodeDeviceNumOfCapsRet): void {
  w.int(value.num)
}
export function writeNodeDeviceListCapsArgs(w: XdrWriter, value: T.NodeDeviceListCapsArgs): void {
  w.string(value.name)
  w.int(value.maxnames)
}
export function writeNodeDeviceListCapsRet(w: XdrWriter, value: T.NodeDeviceListCapsRet): void {
  w.array(value.names, 65536, (w, v) => w.string(v))
}
export function writeNodeDeviceDettachArgs(w: XdrWriter, value: T.NodeDeviceDettachArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceDetachFlagsArgs(w: XdrWriter, value: T.NodeDeviceDetachFlagsArgs): void {
  w.string(value.name)
  w.optional(value.driverName, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeNodeDeviceReAttachArgs(w: XdrWriter, value: T.NodeDeviceReAttachArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceResetArgs(w: XdrWriter, value: T.NodeDeviceResetArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceCreateXmlArgs(w: XdrWriter, value: T.NodeDeviceCreateXmlArgs): void {
  w.string(value.xml_desc)
  w.uint(value.flags)
}
export function writeNodeDeviceCreateXmlRet(w: XdrWriter, value: T.NodeDeviceCreateXmlRet): void {
  writeNodeDeviceHandle(w, value.dev)
}
export function writeNodeDeviceDestroyArgs(w: XdrWriter, value: T.NodeDeviceDestroyArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceDefineXmlArgs(w: XdrWriter, value: T.NodeDeviceDefineXmlArgs): void {
  w.string(value.xml_desc)
  w.uint(value.flags)
}
export function writeNodeDeviceDefineXmlRet(w: XdrWriter, value: T.NodeDeviceDefineXmlRet): void {
  writeNodeDeviceHandle(w, value.dev)
}
export function writeNodeDeviceUndefineArgs(w: XdrWriter, value: T.NodeDeviceUndefineArgs): void {
  w.string(value.name)
  w.uint(value.flags)
}
export function writeNodeDeviceCreateArgs(w: XdrWriter, value: T.NodeDeviceCreateArgs): void {
  w.string(value.name)
  w.uint(value.flags)
}
export function writeNodeDeviceGetAutostartArgs(w: XdrWriter, value: T.NodeDeviceGetAutostartArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceGetAutostartRet(w: XdrWriter, value: T.NodeDeviceGetAutostartRet): void {
  w.int(value.autostart)
}
export function writeNodeDeviceSetAutostartArgs(w: XdrWriter, value: T.NodeDeviceSetAutostartArgs): void {
  w.string(value.name)
  w.int(value.autostart)
}
export function writeNodeDeviceIsPersistentArgs(w: XdrWriter, value: T.NodeDeviceIsPersistentArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceIsPersistentRet(w: XdrWriter, value: T.NodeDeviceIsPersistentRet): void {
  w.int(value.persistent)
}
export function writeNodeDeviceIsActiveArgs(w: XdrWriter, value: T.NodeDeviceIsActiveArgs): void {
  w.string(value.name)
}
export function writeNodeDeviceIsActiveRet(w: XdrWriter, value: T.NodeDeviceIsActiveRet): void {
  w.int(value.active)
}
export function writeNodeDeviceUpdateArgs(w: XdrWriter, value: T.NodeDeviceUpdateArgs): void {
  w.string(value.name)
  w.string(value.xml_desc)
  w.uint(value.flags)
}
export function writeConnectDomainEventRegisterRet(w: XdrWriter, value: T.ConnectDomainEventRegisterRet): void {
  w.int(value.cb_registered)
}
export function writeConnectDomainEventDeregisterRet(w: XdrWriter, value: T.ConnectDomainEventDeregisterRet): void {
  w.int(value.cb_registered)
}
export function writeDomainEventLifecycleMsg(w: XdrWriter, value: T.DomainEventLifecycleMsg): void {
  writeDomainHandle(w, value.dom)
  w.int(value.event)
  w.int(value.detail)
}
export function writeDomainEventCallbackLifecycleMsg(w: XdrWriter, value: T.DomainEventCallbackLifecycleMsg): void {
  w.int(value.callbackID)
  writeDomainEventLifecycleMsg(w, value.msg)
}
export function writeConnectDomainXmlFromNativeArgs(w: XdrWriter, value: T.ConnectDomainXmlFromNativeArgs): void {
  w.string(value.nativeFormat)
  w.string(value.nativeConfig)
  w.uint(value.flags)
}
export function writeConnectDomainXmlFromNativeRet(w: XdrWriter, value: T.ConnectDomainXmlFromNativeRet): void {
  w.string(value.domainXml)
}
export function writeConnectDomainXmlToNativeArgs(w: XdrWriter, value: T.ConnectDomainXmlToNativeArgs): void {
  w.string(value.nativeFormat)
  w.string(value.domainXml)
  w.uint(value.flags)
}
export function writeConnectDomainXmlToNativeRet(w: XdrWriter, value: T.ConnectDomainXmlToNativeRet): void {
  w.string(value.nativeConfig)
}
export function writeConnectNumOfSecretsRet(w: XdrWriter, value: T.ConnectNumOfSecretsRet): void {
  w.int(value.num)
}
export function writeConnectListSecretsArgs(w: XdrWriter, value: T.ConnectListSecretsArgs): void {
  w.int(value.maxuuids)
}
export function writeConnectListSecretsRet(w: XdrWriter, value: T.ConnectListSecretsRet): void {
  w.array(value.uuids, 16384, (w, v) => w.string(v))
}
export function writeSecretLookupByUuidArgs(w: XdrWriter, value: T.SecretLookupByUuidArgs): void {
  w.uuid(value.uuid)
}
export function writeSecretLookupByUuidRet(w: XdrWriter, value: T.SecretLookupByUuidRet): void {
  writeSecretHandle(w, value.secret)
}
export function writeSecretDefineXmlArgs(w: XdrWriter, value: T.SecretDefineXmlArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeSecretDefineXmlRet(w: XdrWriter, value: T.SecretDefineXmlRet): void {
  writeSecretHandle(w, value.secret)
}
export function writeSecretGetXmlDescArgs(w: XdrWriter, value: T.SecretGetXmlDescArgs): void {
  writeSecretHandle(w, value.secret)
  w.uint(value.flags)
}
export function writeSecretGetXmlDescRet(w: XdrWriter, value: T.SecretGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeSecretSetValueArgs(w: XdrWriter, value: T.SecretSetValueArgs): void {
  writeSecretHandle(w, value.secret)
  w.opaque(value.value, 65536)
  w.uint(value.flags)
}
export function writeSecretGetValueArgs(w: XdrWriter, value: T.SecretGetValueArgs): void {
  writeSecretHandle(w, value.secret)
  w.uint(value.flags)
}
export function writeSecretGetValueRet(w: XdrWriter, value: T.SecretGetValueRet): void {
  w.opaque(value.value, 65536)
}
export function writeSecretUndefineArgs(w: XdrWriter, value: T.SecretUndefineArgs): void {
  writeSecretHandle(w, value.secret)
}
export function writeSecretLookupByUsageArgs(w: XdrWriter, value: T.SecretLookupByUsageArgs): void {
  w.int(value.usageType)
  w.string(value.usageID)
}
export function writeSecretLookupByUsageRet(w: XdrWriter, value: T.SecretLookupByUsageRet): void {
  writeSecretHandle(w, value.secret)
}
export function writeDomainMigratePrepareTunnelArgs(w: XdrWriter, value: T.DomainMigratePrepareTunnelArgs): void {
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
  w.string(value.dom_xml)
}
export function writeConnectIsSecureRet(w: XdrWriter, value: T.ConnectIsSecureRet): void {
  w.int(value.secure)
}
export function writeDomainIsActiveArgs(w: XdrWriter, value: T.DomainIsActiveArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainIsActiveRet(w: XdrWriter, value: T.DomainIsActiveRet): void {
  w.int(value.active)
}
export function writeDomainIsPersistentArgs(w: XdrWriter, value: T.DomainIsPersistentArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainIsPersistentRet(w: XdrWriter, value: T.DomainIsPersistentRet): void {
  w.int(value.persistent)
}
export function writeDomainIsUpdatedArgs(w: XdrWriter, value: T.DomainIsUpdatedArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainIsUpdatedRet(w: XdrWriter, value: T.DomainIsUpdatedRet): void {
  w.int(value.updated)
}
export function writeNetworkIsActiveArgs(w: XdrWriter, value: T.NetworkIsActiveArgs): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkIsActiveRet(w: XdrWriter, value: T.NetworkIsActiveRet): void {
  w.int(value.active)
}
export function writeNetworkIsPersistentArgs(w: XdrWriter, value: T.NetworkIsPersistentArgs): void {
  writeNetworkHandle(w, value.net)
}
export function writeNetworkIsPersistentRet(w: XdrWriter, value: T.NetworkIsPersistentRet): void {
  w.int(value.persistent)
}
export function writeStoragePoolIsActiveArgs(w: XdrWriter, value: T.StoragePoolIsActiveArgs): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolIsActiveRet(w: XdrWriter, value: T.StoragePoolIsActiveRet): void {
  w.int(value.active)
}
export function writeStoragePoolIsPersistentArgs(w: XdrWriter, value: T.StoragePoolIsPersistentArgs): void {
  writeStoragePoolHandle(w, value.pool)
}
export function writeStoragePoolIsPersistentRet(w: XdrWriter, value: T.StoragePoolIsPersistentRet): void {
  w.int(value.persistent)
}
export function writeInterfaceIsActiveArgs(w: XdrWriter, value: T.InterfaceIsActiveArgs): void {
  writeInterfaceHandle(w, value.iface)
}
export function writeInterfaceIsActiveRet(w: XdrWriter, value: T.InterfaceIsActiveRet): void {
  w.int(value.active)
}
export function writeConnectCompareCpuArgs(w: XdrWriter, value: T.ConnectCompareCpuArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeConnectCompareCpuRet(w: XdrWriter, value: T.ConnectCompareCpuRet): void {
  w.int(value.result)
}
export function writeConnectBaselineCpuArgs(w: XdrWriter, value: T.ConnectBaselineCpuArgs): void {
  w.array(value.xmlCPUs, 256, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeConnectBaselineCpuRet(w: XdrWriter, value: T.ConnectBaselineCpuRet): void {
  w.string(value.cpu)
}
export function writeDomainGetJobInfoArgs(w: XdrWriter, value: T.DomainGetJobInfoArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetJobInfoRet(w: XdrWriter, value: T.DomainGetJobInfoRet): void {
  w.int(value.type)
  w.uhyper(value.timeElapsed)
  w.uhyper(value.timeRemaining)
  w.uhyper(value.dataTotal)
  w.uhyper(value.dataProcessed)
  w.uhyper(value.dataRemaining)
  w.uhyper(value.memTotal)
  w.uhyper(value.memProcessed)
  w.uhyper(value.memRemaining)
  w.uhyper(value.fileTotal)
  w.uhyper(value.fileProcessed)
  w.uhyper(value.fileRemaining)
}
export function writeDomainGetJobStatsArgs(w: XdrWriter, value: T.DomainGetJobStatsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetJobStatsRet(w: XdrWriter, value: T.DomainGetJobStatsRet): void {
  w.int(value.type)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
}
export function writeDomainAbortJobArgs(w: XdrWriter, value: T.DomainAbortJobArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainAbortJobFlagsArgs(w: XdrWriter, value: T.DomainAbortJobFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainMigrateGetMaxDowntimeArgs(w: XdrWriter, value: T.DomainMigrateGetMaxDowntimeArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainMigrateGetMaxDowntimeRet(w: XdrWriter, value: T.DomainMigrateGetMaxDowntimeRet): void {
  w.uhyper(value.downtime)
}
export function writeDomainMigrateSetMaxDowntimeArgs(w: XdrWriter, value: T.DomainMigrateSetMaxDowntimeArgs): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.downtime)
  w.uint(value.flags)
}
export function writeDomainMigrateGetCompressionCacheArgs(w: XdrWriter, value: T.DomainMigrateGetCompressionCacheArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainMigrateGetCompressionCacheRet(w: XdrWriter, value: T.DomainMigrateGetCompressionCacheRet): void {
  w.uhyper(value.cacheSize)
}
export function writeDomainMigrateSetCompressionCacheArgs(w: XdrWriter, value: T.DomainMigrateSetCompressionCacheArgs): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.cacheSize)
  w.uint(value.flags)
}
export function writeDomainMigrateSetMaxSpeedArgs(w: XdrWriter, value: T.DomainMigrateSetMaxSpeedArgs): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.bandwidth)
  w.uint(value.flags)
}
export function writeDomainMigrateGetMaxSpeedArgs(w: XdrWriter, value: T.DomainMigrateGetMaxSpeedArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainMigrateGetMaxSpeedRet(w: XdrWriter, value: T.DomainMigrateGetMaxSpeedRet): void {
  w.uhyper(value.bandwidth)
}
export function writeConnectDomainEventRegisterAnyArgs(w: XdrWriter, value: T.ConnectDomainEventRegisterAnyArgs): void {
  w.int(value.eventID)
}
export function writeConnectDomainEventDeregisterAnyArgs(w: XdrWriter, value: T.ConnectDomainEventDeregisterAnyArgs): void {
  w.int(value.eventID)
}
export function writeConnectDomainEventCallbackRegisterAnyArgs(w: XdrWriter, value: T.ConnectDomainEventCallbackRegisterAnyArgs): void {
  w.int(value.eventID)
  w.optional(value.dom, (w, v) => writeDomainHandle(w, v))
}
export function writeConnectDomainEventCallbackRegisterAnyRet(w: XdrWriter, value: T.ConnectDomainEventCallbackRegisterAnyRet): void {
  w.int(value.callbackID)
}
export function writeConnectDomainEventCallbackDeregisterAnyArgs(w: XdrWriter, value: T.ConnectDomainEventCallbackDeregisterAnyArgs): void {
  w.int(value.callbackID)
}
export function writeDomainEventRebootMsg(w: XdrWriter, value: T.DomainEventRebootMsg): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainEventCallbackRebootMsg(w: XdrWriter, value: T.DomainEventCallbackRebootMsg): void {
  w.int(value.callbackID)
  writeDomainEventRebootMsg(w, value.msg)
}
export function writeDomainEventRtcChangeMsg(w: XdrWriter, value: T.DomainEventRtcChangeMsg): void {
  writeDomainHandle(w, value.dom)
  w.hyper(value.offset)
}
export function writeDomainEventCallbackRtcChangeMsg(w: XdrWriter, value: T.DomainEventCallbackRtcChangeMsg): void {
  w.int(value.callbackID)
  writeDomainEventRtcChangeMsg(w, value.msg)
}
export function writeDomainEventWatchdogMsg(w: XdrWriter, value: T.DomainEventWatchdogMsg): void {
  writeDomainHandle(w, value.dom)
  w.int(value.action)
}
export function writeDomainEventCallbackWatchdogMsg(w: XdrWriter, value: T.DomainEventCallbackWatchdogMsg): void {
  w.int(value.callbackID)
  writeDomainEventWatchdogMsg(w, value.msg)
}
export function writeDomainEventIoErrorMsg(w: XdrWriter, value: T.DomainEventIoErrorMsg): void {
  writeDomainHandle(w, value.dom)
  w.string(value.srcPath)
  w.string(value.devAlias)
  w.int(value.action)
}
export function writeDomainEventCallbackIoErrorMsg(w: XdrWriter, value: T.DomainEventCallbackIoErrorMsg): void {
  w.int(value.callbackID)
  writeDomainEventIoErrorMsg(w, value.msg)
}
export function writeDomainEventIoErrorReasonMsg(w: XdrWriter, value: T.DomainEventIoErrorReasonMsg): void {
  writeDomainHandle(w, value.dom)
  w.string(value.srcPath)
  w.string(value.devAlias)
  w.int(value.action)
  w.string(value.reason)
}
export function writeDomainEventCallbackIoErrorReasonMsg(w: XdrWriter, value: T.DomainEventCallbackIoErrorReasonMsg): void {
  w.int(value.callbackID)
  writeDomainEventIoErrorReasonMsg(w, value.msg)
}
export function writeDomainEventGraphicsAddress(w: XdrWriter, value: T.DomainEventGraphicsAddress): void {
  w.int(value.family)
  w.string(value.node)
  w.string(value.service)
}
export function writeDomainEventGraphicsIdentity(w: XdrWriter, value: T.DomainEventGraphicsIdentity): void {
  w.string(value.type)
  w.string(value.name)
}
export function writeDomainEventGraphicsMsg(w: XdrWriter, value: T.DomainEventGraphicsMsg): void {
  writeDomainHandle(w, value.dom)
  w.int(value.phase)
  writeDomainEventGraphicsAddress(w, value.local)
  writeDomainEventGraphicsAddress(w, value.remote)
  w.string(value.authScheme)
  w.array(value.subject, 20, (w, v) => writeDomainEventGraphicsIdentity(w, v))
}
export function writeDomainEventCallbackGraphicsMsg(w: XdrWriter, value: T.DomainEventCallbackGraphicsMsg): void {
  w.int(value.callbackID)
  writeDomainEventGraphicsMsg(w, value.msg)
}
export function writeDomainEventBlockJobMsg(w: XdrWriter, value: T.DomainEventBlockJobMsg): void {
  writeDomainHandle(w, value.dom)
  w.string(value.path)
  w.int(value.type)
  w.int(value.status)
}
export function writeDomainEventCallbackBlockJobMsg(w: XdrWriter, value: T.DomainEventCallbackBlockJobMsg): void {
  w.int(value.callbackID)
  writeDomainEventBlockJobMsg(w, value.msg)
}
export function writeDomainEventDiskChangeMsg(w: XdrWriter, value: T.DomainEventDiskChangeMsg): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.oldSrcPath, (w, v) => w.string(v))
  w.optional(value.newSrcPath, (w, v) => w.string(v))
  w.string(value.devAlias)
  w.int(value.reason)
}
export function writeDomainEventCallbackDiskChangeMsg(w: XdrWriter, value: T.DomainEventCallbackDiskChangeMsg): void {
  w.int(value.callbackID)
  writeDomainEventDiskChangeMsg(w, value.msg)
}
export function writeDomainEventTrayChangeMsg(w: XdrWriter, value: T.DomainEventTrayChangeMsg): void {
  writeDomainHandle(w, value.dom)
  w.string(value.devAlias)
  w.int(value.reason)
}
export function writeDomainEventCallbackTrayChangeMsg(w: XdrWriter, value: T.DomainEventCallbackTrayChangeMsg): void {
  w.int(value.callbackID)
  writeDomainEventTrayChangeMsg(w, value.msg)
}
export function writeDomainEventPmwakeupMsg(w: XdrWriter, value: T.DomainEventPmwakeupMsg): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainEventCallbackPmwakeupMsg(w: XdrWriter, value: T.DomainEventCallbackPmwakeupMsg): void {
  w.int(value.callbackID)
  w.int(value.reason)
  writeDomainEventPmwakeupMsg(w, value.msg)
}
export function writeDomainEventPmsuspendMsg(w: XdrWriter, value: T.DomainEventPmsuspendMsg): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainEventCallbackPmsuspendMsg(w: XdrWriter, value: T.DomainEventCallbackPmsuspendMsg): void {
  w.int(value.callbackID)
  w.int(value.reason)
  writeDomainEventPmsuspendMsg(w, value.msg)
}
export function writeDomainEventBalloonChangeMsg(w: XdrWriter, value: T.DomainEventBalloonChangeMsg): void {
  writeDomainHandle(w, value.dom)
  w.uhyper(value.actual)
}
export function writeDomainEventCallbackBalloonChangeMsg(w: XdrWriter, value: T.DomainEventCallbackBalloonChangeMsg): void {
  w.int(value.callbackID)
  writeDomainEventBalloonChangeMsg(w, value.msg)
}
export function writeDomainEventPmsuspendDiskMsg(w: XdrWriter, value: T.DomainEventPmsuspendDiskMsg): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainEventCallbackPmsuspendDiskMsg(w: XdrWriter, value: T.DomainEventCallbackPmsuspendDiskMsg): void {
  w.int(value.callbackID)
  w.int(value.reason)
  writeDomainEventPmsuspendDiskMsg(w, value.msg)
}
export function writeDomainManagedSaveArgs(w: XdrWriter, value: T.DomainManagedSaveArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainHasManagedSaveImageArgs(w: XdrWriter, value: T.DomainHasManagedSaveImageArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainHasManagedSaveImageRet(w: XdrWriter, value: T.DomainHasManagedSaveImageRet): void {
  w.int(value.result)
}
export function writeDomainManagedSaveRemoveArgs(w: XdrWriter, value: T.DomainManagedSaveRemoveArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainManagedSaveGetXmlDescArgs(w: XdrWriter, value: T.DomainManagedSaveGetXmlDescArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainManagedSaveGetXmlDescRet(w: XdrWriter, value: T.DomainManagedSaveGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeDomainManagedSaveDefineXmlArgs(w: XdrWriter, value: T.DomainManagedSaveDefineXmlArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.dxml, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainSnapshotCreateXmlArgs(w: XdrWriter, value: T.DomainSnapshotCreateXmlArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.xml_desc)
  w.uint(value.flags)
}
export function writeDomainSnapshotCreateXmlRet(w: XdrWriter, value: T.DomainSnapshotCreateXmlRet): void {
  writeDomainSnapshotHandle(w, value.snap)
}
export function writeDomainSnapshotGetXmlDescArgs(w: XdrWriter, value: T.DomainSnapshotGetXmlDescArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.uint(value.flags)
}
export function writeDomainSnapshotGetXmlDescRet(w: XdrWriter, value: T.DomainSnapshotGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeDomainSnapshotNumArgs(w: XdrWriter, value: T.DomainSnapshotNumArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainSnapshotNumRet(w: XdrWriter, value: T.DomainSnapshotNumRet): void {
  w.int(value.num)
}
export function writeDomainSnapshotListNamesArgs(w: XdrWriter, value: T.DomainSnapshotListNamesArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.maxnames)
  w.uint(value.flags)
}
export function writeDomainSnapshotListNamesRet(w: XdrWriter, value: T.DomainSnapshotListNamesRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeDomainListAllSnapshotsArgs(w: XdrWriter, value: T.DomainListAllSnapshotsArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeDomainListAllSnapshotsRet(w: XdrWriter, value: T.DomainListAllSnapshotsRet): void {
  w.array(value.snapshots, 16384, (w, v) => writeDomainSnapshotHandle(w, v))
  w.int(value.ret)
}
export function writeDomainSnapshotNumChildrenArgs(w: XdrWriter, value: T.DomainSnapshotNumChildrenArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.uint(value.flags)
}
export function writeDomainSnapshotNumChildrenRet(w: XdrWriter, value: T.DomainSnapshotNumChildrenRet): void {
  w.int(value.num)
}
export function writeDomainSnapshotListChildrenNamesArgs(w: XdrWriter, value: T.DomainSnapshotListChildrenNamesArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.int(value.maxnames)
  w.uint(value.flags)
}
export function writeDomainSnapshotListChildrenNamesRet(w: XdrWriter, value: T.DomainSnapshotListChildrenNamesRet): void {
  w.array(value.names, 16384, (w, v) => w.string(v))
}
export function writeDomainSnapshotListAllChildrenArgs(w: XdrWriter, value: T.DomainSnapshotListAllChildrenArgs): void {
  writeDomainSnapshotHandle(w, value.snapshot)
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeDomainSnapshotListAllChildrenRet(w: XdrWriter, value: T.DomainSnapshotListAllChildrenRet): void {
  w.array(value.snapshots, 16384, (w, v) => writeDomainSnapshotHandle(w, v))
  w.int(value.ret)
}
export function writeDomainSnapshotLookupByNameArgs(w: XdrWriter, value: T.DomainSnapshotLookupByNameArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.name)
  w.uint(value.flags)
}
export function writeDomainSnapshotLookupByNameRet(w: XdrWriter, value: T.DomainSnapshotLookupByNameRet): void {
  writeDomainSnapshotHandle(w, value.snap)
}
export function writeDomainHasCurrentSnapshotArgs(w: XdrWriter, value: T.DomainHasCurrentSnapshotArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainHasCurrentSnapshotRet(w: XdrWriter, value: T.DomainHasCurrentSnapshotRet): void {
  w.int(value.result)
}
export function writeDomainSnapshotGetParentArgs(w: XdrWriter, value: T.DomainSnapshotGetParentArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.uint(value.flags)
}
export function writeDomainSnapshotGetParentRet(w: XdrWriter, value: T.DomainSnapshotGetParentRet): void {
  writeDomainSnapshotHandle(w, value.snap)
}
export function writeDomainSnapshotCurrentArgs(w: XdrWriter, value: T.DomainSnapshotCurrentArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainSnapshotCurrentRet(w: XdrWriter, value: T.DomainSnapshotCurrentRet): void {
  writeDomainSnapshotHandle(w, value.snap)
}
export function writeDomainSnapshotIsCurrentArgs(w: XdrWriter, value: T.DomainSnapshotIsCurrentArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.uint(value.flags)
}
export function writeDomainSnapshotIsCurrentRet(w: XdrWriter, value: T.DomainSnapshotIsCurrentRet): void {
  w.int(value.current)
}
export function writeDomainSnapshotHasMetadataArgs(w: XdrWriter, value: T.DomainSnapshotHasMetadataArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.uint(value.flags)
}
export function writeDomainSnapshotHasMetadataRet(w: XdrWriter, value: T.DomainSnapshotHasMetadataRet): void {
  w.int(value.metadata)
}
export function writeDomainRevertToSnapshotArgs(w: XdrWriter, value: T.DomainRevertToSnapshotArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.uint(value.flags)
}
export function writeDomainSnapshotDeleteArgs(w: XdrWriter, value: T.DomainSnapshotDeleteArgs): void {
  writeDomainSnapshotHandle(w, value.snap)
  w.uint(value.flags)
}
export function writeDomainOpenConsoleArgs(w: XdrWriter, value: T.DomainOpenConsoleArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.dev_name, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainOpenChannelArgs(w: XdrWriter, value: T.DomainOpenChannelArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.name, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeStorageVolUploadArgs(w: XdrWriter, value: T.StorageVolUploadArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uhyper(value.offset)
  w.uhyper(value.length)
  w.uint(value.flags)
}
export function writeStorageVolDownloadArgs(w: XdrWriter, value: T.StorageVolDownloadArgs): void {
  writeStorageVolHandle(w, value.vol)
  w.uhyper(value.offset)
  w.uhyper(value.length)
  w.uint(value.flags)
}
export function writeDomainGetStateArgs(w: XdrWriter, value: T.DomainGetStateArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetStateRet(w: XdrWriter, value: T.DomainGetStateRet): void {
  w.int(value.state)
  w.int(value.reason)
}
export function writeDomainMigrateBegin3Args(w: XdrWriter, value: T.DomainMigrateBegin3Args): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.xmlin, (w, v) => w.string(v))
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
}
export function writeDomainMigrateBegin3Ret(w: XdrWriter, value: T.DomainMigrateBegin3Ret): void {
  w.opaque(value.cookie_out, 4194304)
  w.string(value.xml)
}
export function writeDomainMigratePrepare3Args(w: XdrWriter, value: T.DomainMigratePrepare3Args): void {
  w.opaque(value.cookie_in, 4194304)
  w.optional(value.uri_in, (w, v) => w.string(v))
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
  w.string(value.dom_xml)
}
export function writeDomainMigratePrepare3Ret(w: XdrWriter, value: T.DomainMigratePrepare3Ret): void {
  w.opaque(value.cookie_out, 4194304)
  w.optional(value.uri_out, (w, v) => w.string(v))
}
export function writeDomainMigratePrepareTunnel3Args(w: XdrWriter, value: T.DomainMigratePrepareTunnel3Args): void {
  w.opaque(value.cookie_in, 4194304)
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
  w.string(value.dom_xml)
}
export function writeDomainMigratePrepareTunnel3Ret(w: XdrWriter, value: T.DomainMigratePrepareTunnel3Ret): void {
  w.opaque(value.cookie_out, 4194304)
}
export function writeDomainMigratePerform3Args(w: XdrWriter, value: T.DomainMigratePerform3Args): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.xmlin, (w, v) => w.string(v))
  w.opaque(value.cookie_in, 4194304)
  w.optional(value.dconnuri, (w, v) => w.string(v))
  w.optional(value.uri, (w, v) => w.string(v))
  w.uhyper(value.flags)
  w.optional(value.dname, (w, v) => w.string(v))
  w.uhyper(value.resource)
}
export function writeDomainMigratePerform3Ret(w: XdrWriter, value: T.DomainMigratePerform3Ret): void {
  w.opaque(value.cookie_out, 4194304)
}
export function writeDomainMigrateFinish3Args(w: XdrWriter, value: T.DomainMigrateFinish3Args): void {
  w.string(value.dname)
  w.opaque(value.cookie_in, 4194304)
  w.optional(value.dconnuri, (w, v) => w.string(v))
  w.optional(value.uri, (w, v) => w.string(v))
  w.uhyper(value.flags)
  w.int(value.cancelled)
}
export function writeDomainMigrateFinish3Ret(w: XdrWriter, value: T.DomainMigrateFinish3Ret): void {
  writeDomainHandle(w, value.dom)
  w.opaque(value.cookie_out, 4194304)
}
export function writeDomainMigrateConfirm3Args(w: XdrWriter, value: T.DomainMigrateConfirm3Args): void {
  writeDomainHandle(w, value.dom)
  w.opaque(value.cookie_in, 4194304)
  w.uhyper(value.flags)
  w.int(value.cancelled)
}
export function writeDomainEventControlErrorMsg(w: XdrWriter, value: T.DomainEventControlErrorMsg): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainEventCallbackControlErrorMsg(w: XdrWriter, value: T.DomainEventCallbackControlErrorMsg): void {
  w.int(value.callbackID)
  writeDomainEventControlErrorMsg(w, value.msg)
}
export function writeDomainGetControlInfoArgs(w: XdrWriter, value: T.DomainGetControlInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetControlInfoRet(w: XdrWriter, value: T.DomainGetControlInfoRet): void {
  w.uint(value.state)
  w.uint(value.details)
  w.uhyper(value.stateTime)
}
export function writeDomainOpenGraphicsArgs(w: XdrWriter, value: T.DomainOpenGraphicsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.idx)
  w.uint(value.flags)
}
export function writeDomainOpenGraphicsFdArgs(w: XdrWriter, value: T.DomainOpenGraphicsFdArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.idx)
  w.uint(value.flags)
}
export function writeNodeSuspendForDurationArgs(w: XdrWriter, value: T.NodeSuspendForDurationArgs): void {
  w.uint(value.target)
  w.uhyper(value.duration)
  w.uint(value.flags)
}
export function writeDomainShutdownFlagsArgs(w: XdrWriter, value: T.DomainShutdownFlagsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetDiskErrorsArgs(w: XdrWriter, value: T.DomainGetDiskErrorsArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.maxerrors)
  w.uint(value.flags)
}
export function writeDomainGetDiskErrorsRet(w: XdrWriter, value: T.DomainGetDiskErrorsRet): void {
  w.array(value.errors, 256, (w, v) => writeDomainDiskError(w, v))
  w.int(value.nerrors)
}
export function writeConnectListAllDomainsArgs(w: XdrWriter, value: T.ConnectListAllDomainsArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllDomainsRet(w: XdrWriter, value: T.ConnectListAllDomainsRet): void {
  w.array(value.domains, 16384, (w, v) => writeDomainHandle(w, v))
  w.uint(value.ret)
}
export function writeConnectListAllStoragePoolsArgs(w: XdrWriter, value: T.ConnectListAllStoragePoolsArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllStoragePoolsRet(w: XdrWriter, value: T.ConnectListAllStoragePoolsRet): void {
  w.array(value.pools, 16384, (w, v) => writeStoragePoolHandle(w, v))
  w.uint(value.ret)
}
export function writeStoragePoolListAllVolumesArgs(w: XdrWriter, value: T.StoragePoolListAllVolumesArgs): void {
  writeStoragePoolHandle(w, value.pool)
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeStoragePoolListAllVolumesRet(w: XdrWriter, value: T.StoragePoolListAllVolumesRet): void {
  w.array(value.vols, 16384, (w, v) => writeStorageVolHandle(w, v))
  w.uint(value.ret)
}
export function writeConnectListAllNetworksArgs(w: XdrWriter, value: T.ConnectListAllNetworksArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllNetworksRet(w: XdrWriter, value: T.ConnectListAllNetworksRet): void {
  w.array(value.nets, 16384, (w, v) => writeNetworkHandle(w, v))
  w.uint(value.ret)
}
export function writeConnectListAllInterfacesArgs(w: XdrWriter, value: T.ConnectListAllInterfacesArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllInterfacesRet(w: XdrWriter, value: T.ConnectListAllInterfacesRet): void {
  w.array(value.ifaces, 16384, (w, v) => writeInterfaceHandle(w, v))
  w.uint(value.ret)
}
export function writeConnectListAllNodeDevicesArgs(w: XdrWriter, value: T.ConnectListAllNodeDevicesArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllNodeDevicesRet(w: XdrWriter, value: T.ConnectListAllNodeDevicesRet): void {
  w.array(value.devices, 65536, (w, v) => writeNodeDeviceHandle(w, v))
  w.uint(value.ret)
}
export function writeConnectListAllNwfiltersArgs(w: XdrWriter, value: T.ConnectListAllNwfiltersArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllNwfiltersRet(w: XdrWriter, value: T.ConnectListAllNwfiltersRet): void {
  w.array(value.filters, 16384, (w, v) => writeNwfilterHandle(w, v))
  w.uint(value.ret)
}
export function writeConnectListAllSecretsArgs(w: XdrWriter, value: T.ConnectListAllSecretsArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllSecretsRet(w: XdrWriter, value: T.ConnectListAllSecretsRet): void {
  w.array(value.secrets, 16384, (w, v) => writeSecretHandle(w, v))
  w.uint(value.ret)
}
export function writeNodeSetMemoryParametersArgs(w: XdrWriter, value: T.NodeSetMemoryParametersArgs): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeNodeGetMemoryParametersArgs(w: XdrWriter, value: T.NodeGetMemoryParametersArgs): void {
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeNodeGetMemoryParametersRet(w: XdrWriter, value: T.NodeGetMemoryParametersRet): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeNodeGetCpuMapArgs(w: XdrWriter, value: T.NodeGetCpuMapArgs): void {
  w.int(value.need_map)
  w.int(value.need_online)
  w.uint(value.flags)
}
export function writeNodeGetCpuMapRet(w: XdrWriter, value: T.NodeGetCpuMapRet): void {
  w.opaque(value.cpumap, 2048)
  w.uint(value.online)
  w.int(value.ret)
}
export function writeDomainFstrimArgs(w: XdrWriter, value: T.DomainFstrimArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.mountPoint, (w, v) => w.string(v))
  w.uhyper(value.minimum)
  w.uint(value.flags)
}
export function writeDomainGetTimeArgs(w: XdrWriter, value: T.DomainGetTimeArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetTimeRet(w: XdrWriter, value: T.DomainGetTimeRet): void {
  w.hyper(value.seconds)
  w.uint(value.nseconds)
}
export function writeDomainSetTimeArgs(w: XdrWriter, value: T.DomainSetTimeArgs): void {
  writeDomainHandle(w, value.dom)
  w.hyper(value.seconds)
  w.uint(value.nseconds)
  w.uint(value.flags)
}
export function writeDomainMigrateBegin3ParamsArgs(w: XdrWriter, value: T.DomainMigrateBegin3ParamsArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainMigrateBegin3ParamsRet(w: XdrWriter, value: T.DomainMigrateBegin3ParamsRet): void {
  w.opaque(value.cookie_out, 4194304)
  w.string(value.xml)
}
export function writeDomainMigratePrepare3ParamsArgs(w: XdrWriter, value: T.DomainMigratePrepare3ParamsArgs): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.opaque(value.cookie_in, 4194304)
  w.uint(value.flags)
}
export function writeDomainMigratePrepare3ParamsRet(w: XdrWriter, value: T.DomainMigratePrepare3ParamsRet): void {
  w.opaque(value.cookie_out, 4194304)
  w.optional(value.uri_out, (w, v) => w.string(v))
}
export function writeDomainMigratePrepareTunnel3ParamsArgs(w: XdrWriter, value: T.DomainMigratePrepareTunnel3ParamsArgs): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.opaque(value.cookie_in, 4194304)
  w.uint(value.flags)
}
export function writeDomainMigratePrepareTunnel3ParamsRet(w: XdrWriter, value: T.DomainMigratePrepareTunnel3ParamsRet): void {
  w.opaque(value.cookie_out, 4194304)
}
export function writeDomainMigratePerform3ParamsArgs(w: XdrWriter, value: T.DomainMigratePerform3ParamsArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.dconnuri, (w, v) => w.string(v))
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.opaque(value.cookie_in, 4194304)
  w.uint(value.flags)
}
export function writeDomainMigratePerform3ParamsRet(w: XdrWriter, value: T.DomainMigratePerform3ParamsRet): void {
  w.opaque(value.cookie_out, 4194304)
}
export function writeDomainMigrateFinish3ParamsArgs(w: XdrWriter, value: T.DomainMigrateFinish3ParamsArgs): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.opaque(value.cookie_in, 4194304)
  w.uint(value.flags)
  w.int(value.cancelled)
}
export function writeDomainMigrateFinish3ParamsRet(w: XdrWriter, value: T.DomainMigrateFinish3ParamsRet): void {
  writeDomainHandle(w, value.dom)
  w.opaque(value.cookie_out, 4194304)
}
export function writeDomainMigrateConfirm3ParamsArgs(w: XdrWriter, value: T.DomainMigrateConfirm3ParamsArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.opaque(value.cookie_in, 4194304)
  w.uint(value.flags)
  w.int(value.cancelled)
}
export function writeDomainEventDeviceRemovedMsg(w: XdrWriter, value: T.DomainEventDeviceRemovedMsg): void {
  writeDomainHandle(w, value.dom)
  w.string(value.devAlias)
}
export function writeDomainEventCallbackDeviceRemovedMsg(w: XdrWriter, value: T.DomainEventCallbackDeviceRemovedMsg): void {
  w.int(value.callbackID)
  writeDomainEventDeviceRemovedMsg(w, value.msg)
}
export function writeDomainEventBlockJob2Msg(w: XdrWriter, value: T.DomainEventBlockJob2Msg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.dst)
  w.int(value.type)
  w.int(value.status)
}
export function writeDomainEventBlockThresholdMsg(w: XdrWriter, value: T.DomainEventBlockThresholdMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.dev)
  w.optional(value.path, (w, v) => w.string(v))
  w.uhyper(value.threshold)
  w.uhyper(value.excess)
}
export function writeDomainEventCallbackTunableMsg(w: XdrWriter, value: T.DomainEventCallbackTunableMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.array(value.params, 2048, (w, v) => writeTypedParam(w, v))
}
export function writeDomainEventCallbackDeviceAddedMsg(w: XdrWriter, value: T.DomainEventCallbackDeviceAddedMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.devAlias)
}
export function writeConnectEventConnectionClosedMsg(w: XdrWriter, value: T.ConnectEventConnectionClosedMsg): void {
  w.int(value.reason)
}
export function writeConnectGetCpuModelNamesArgs(w: XdrWriter, value: T.ConnectGetCpuModelNamesArgs): void {
  w.string(value.arch)
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectGetCpuModelNamesRet(w: XdrWriter, value: T.ConnectGetCpuModelNamesRet): void {
  w.array(value.models, 8192, (w, v) => w.string(v))
  w.int(value.ret)
}
export function writeConnectNetworkEventRegisterAnyArgs(w: XdrWriter, value: T.ConnectNetworkEventRegisterAnyArgs): void {
  w.int(value.eventID)
  w.optional(value.net, (w, v) => writeNetworkHandle(w, v))
}
export function writeConnectNetworkEventRegisterAnyRet(w: XdrWriter, value: T.ConnectNetworkEventRegisterAnyRet): void {
  w.int(value.callbackID)
}
export function writeConnectNetworkEventDeregisterAnyArgs(w: XdrWriter, value: T.ConnectNetworkEventDeregisterAnyArgs): void {
  w.int(value.callbackID)
}
export function writeNetworkEventLifecycleMsg(w: XdrWriter, value: T.NetworkEventLifecycleMsg): void {
  w.int(value.callbackID)
  writeNetworkHandle(w, value.net)
  w.int(value.event)
  w.int(value.detail)
}
export function writeNetworkEventCallbackMetadataChangeMsg(w: XdrWriter, value: T.NetworkEventCallbackMetadataChangeMsg): void {
  w.int(value.callbackID)
  writeNetworkHandle(w, value.net)
  w.int(value.type)
  w.optional(value.nsuri, (w, v) => w.string(v))
}
export function writeNetworkSetMetadataArgs(w: XdrWriter, value: T.NetworkSetMetadataArgs): void {
  writeNetworkHandle(w, value.network)
  w.int(value.type)
  w.optional(value.metadata, (w, v) => w.string(v))
  w.optional(value.key, (w, v) => w.string(v))
  w.optional(value.uri, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeNetworkGetMetadataArgs(w: XdrWriter, value: T.NetworkGetMetadataArgs): void {
  writeNetworkHandle(w, value.network)
  w.int(value.type)
  w.optional(value.uri, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeNetworkGetMetadataRet(w: XdrWriter, value: T.NetworkGetMetadataRet): void {
  w.string(value.metadata)
}
export function writeConnectStoragePoolEventRegisterAnyArgs(w: XdrWriter, value: T.ConnectStoragePoolEventRegisterAnyArgs): void {
  w.int(value.eventID)
  w.optional(value.pool, (w, v) => writeStoragePoolHandle(w, v))
}
export function writeConnectStoragePoolEventRegisterAnyRet(w: XdrWriter, value: T.ConnectStoragePoolEventRegisterAnyRet): void {
  w.int(value.callbackID)
}
export function writeConnectStoragePoolEventDeregisterAnyArgs(w: XdrWriter, value: T.ConnectStoragePoolEventDeregisterAnyArgs): void {
  w.int(value.callbackID)
}
export function writeStoragePoolEventLifecycleMsg(w: XdrWriter, value: T.StoragePoolEventLifecycleMsg): void {
  w.int(value.callbackID)
  writeStoragePoolHandle(w, value.pool)
  w.int(value.event)
  w.int(value.detail)
}
export function writeStoragePoolEventRefreshMsg(w: XdrWriter, value: T.StoragePoolEventRefreshMsg): void {
  w.int(value.callbackID)
  writeStoragePoolHandle(w, value.pool)
}
export function writeConnectNodeDeviceEventRegisterAnyArgs(w: XdrWriter, value: T.ConnectNodeDeviceEventRegisterAnyArgs): void {
  w.int(value.eventID)
  w.optional(value.dev, (w, v) => writeNodeDeviceHandle(w, v))
}
export function writeConnectNodeDeviceEventRegisterAnyRet(w: XdrWriter, value: T.ConnectNodeDeviceEventRegisterAnyRet): void {
  w.int(value.callbackID)
}
export function writeConnectNodeDeviceEventDeregisterAnyArgs(w: XdrWriter, value: T.ConnectNodeDeviceEventDeregisterAnyArgs): void {
  w.int(value.callbackID)
}
export function writeNodeDeviceEventLifecycleMsg(w: XdrWriter, value: T.NodeDeviceEventLifecycleMsg): void {
  w.int(value.callbackID)
  writeNodeDeviceHandle(w, value.dev)
  w.int(value.event)
  w.int(value.detail)
}
export function writeNodeDeviceEventUpdateMsg(w: XdrWriter, value: T.NodeDeviceEventUpdateMsg): void {
  w.int(value.callbackID)
  writeNodeDeviceHandle(w, value.dev)
}
export function writeDomainFsfreezeArgs(w: XdrWriter, value: T.DomainFsfreezeArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.mountpoints, 256, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainFsfreezeRet(w: XdrWriter, value: T.DomainFsfreezeRet): void {
  w.int(value.filesystems)
}
export function writeDomainFsthawArgs(w: XdrWriter, value: T.DomainFsthawArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.mountpoints, 256, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainFsthawRet(w: XdrWriter, value: T.DomainFsthawRet): void {
  w.int(value.filesystems)
}
export function writeNodeGetFreePagesArgs(w: XdrWriter, value: T.NodeGetFreePagesArgs): void {
  w.array(value.pages, 1024, (w, v) => w.uint(v))
  w.int(value.startCell)
  w.uint(value.cellCount)
  w.uint(value.flags)
}
export function writeNodeGetFreePagesRet(w: XdrWriter, value: T.NodeGetFreePagesRet): void {
  w.array(value.counts, 1024, (w, v) => w.uhyper(v))
}
export function writeNodeAllocPagesArgs(w: XdrWriter, value: T.NodeAllocPagesArgs): void {
  w.array(value.pageSizes, 1024, (w, v) => w.uint(v))
  w.array(value.pageCounts, 1024, (w, v) => w.uhyper(v))
  w.int(value.startCell)
  w.uint(value.cellCount)
  w.uint(value.flags)
}
export function writeNodeAllocPagesRet(w: XdrWriter, value: T.NodeAllocPagesRet): void {
  w.int(value.ret)
}
export function writeNetworkDhcpLease(w: XdrWriter, value: T.NetworkDhcpLease): void {
  w.string(value.iface)
  w.hyper(value.expirytime)
  w.int(value.type)
  w.optional(value.mac, (w, v) => w.string(v))
  w.optional(value.iaid, (w, v) => w.string(v))
  w.string(value.ipaddr)
  w.uint(value.prefix)
  w.optional(value.hostname, (w, v) => w.string(v))
  w.optional(value.clientid, (w, v) => w.string(v))
}
export function writeNetworkGetDhcpLeasesArgs(w: XdrWriter, value: T.NetworkGetDhcpLeasesArgs): void {
  writeNetworkHandle(w, value.net)
  w.optional(value.mac, (w, v) => w.string(v))
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeNetworkGetDhcpLeasesRet(w: XdrWriter, value: T.NetworkGetDhcpLeasesRet): void {
  w.array(value.leases, 65536, (w, v) => writeNetworkDhcpLease(w, v))
  w.uint(value.ret)
}
export function writeDomainStatsRecord(w: XdrWriter, value: T.DomainStatsRecord): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 262144, (w, v) => writeTypedParam(w, v))
}
export function writeConnectGetAllDomainStatsArgs(w: XdrWriter, value: T.ConnectGetAllDomainStatsArgs): void {
  w.array(value.doms, 16384, (w, v) => writeDomainHandle(w, v))
  w.uint(value.stats)
  w.uint(value.flags)
}
export function writeDomainEventCallbackAgentLifecycleMsg(w: XdrWriter, value: T.DomainEventCallbackAgentLifecycleMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.int(value.state)
  w.int(value.reason)
}
export function writeConnectGetAllDomainStatsRet(w: XdrWriter, value: T.ConnectGetAllDomainStatsRet): void {
  w.array(value.retStats, 16384, (w, v) => writeDomainStatsRecord(w, v))
}
export function writeDomainFsinfo(w: XdrWriter, value: T.DomainFsinfo): void {
  w.string(value.mountpoint)
  w.string(value.name)
  w.string(value.fstype)
  w.array(value.dev_aliases, 256, (w, v) => w.string(v))
}
export function writeDomainGetFsinfoArgs(w: XdrWriter, value: T.DomainGetFsinfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetFsinfoRet(w: XdrWriter, value: T.DomainGetFsinfoRet): void {
  w.array(value.info, 256, (w, v) => writeDomainFsinfo(w, v))
  w.uint(value.ret)
}
export function writeDomainIpAddr(w: XdrWriter, value: T.DomainIpAddr): void {
  w.int(value.type)
  w.string(value.addr)
  w.uint(value.prefix)
}
export function writeDomainInterface(w: XdrWriter, value: T.DomainInterface): void {
  w.string(value.name)
  w.optional(value.hwaddr, (w, v) => w.string(v))
  w.array(value.addrs, 2048, (w, v) => writeDomainIpAddr(w, v))
}
export function writeDomainInterfaceAddressesArgs(w: XdrWriter, value: T.DomainInterfaceAddressesArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.source)
  w.uint(value.flags)
}
export function writeDomainInterfaceAddressesRet(w: XdrWriter, value: T.DomainInterfaceAddressesRet): void {
  w.array(value.ifaces, 2048, (w, v) => writeDomainInterface(w, v))
}
export function writeDomainSetUserPasswordArgs(w: XdrWriter, value: T.DomainSetUserPasswordArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.user, (w, v) => w.string(v))
  w.optional(value.password, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainRenameArgs(w: XdrWriter, value: T.DomainRenameArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.new_name, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainRenameRet(w: XdrWriter, value: T.DomainRenameRet): void {
  w.int(value.retcode)
}
export function writeDomainEventCallbackMigrationIterationMsg(w: XdrWriter, value: T.DomainEventCallbackMigrationIterationMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.int(value.iteration)
}
export function writeDomainEventCallbackJobCompletedMsg(w: XdrWriter, value: T.DomainEventCallbackJobCompletedMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
}
export function writeDomainMigrateStartPostCopyArgs(w: XdrWriter, value: T.DomainMigrateStartPostCopyArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainEventCallbackDeviceRemovalFailedMsg(w: XdrWriter, value: T.DomainEventCallbackDeviceRemovalFailedMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.devAlias)
}
export function writeDomainGetGuestVcpusArgs(w: XdrWriter, value: T.DomainGetGuestVcpusArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetGuestVcpusRet(w: XdrWriter, value: T.DomainGetGuestVcpusRet): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
}
export function writeDomainSetGuestVcpusArgs(w: XdrWriter, value: T.DomainSetGuestVcpusArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.cpumap)
  w.int(value.state)
  w.uint(value.flags)
}
export function writeDomainSetVcpuArgs(w: XdrWriter, value: T.DomainSetVcpuArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.cpumap)
  w.int(value.state)
  w.uint(value.flags)
}
export function writeDomainEventCallbackMetadataChangeMsg(w: XdrWriter, value: T.DomainEventCallbackMetadataChangeMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.int(value.type)
  w.optional(value.nsuri, (w, v) => w.string(v))
}
export function writeDomainEventMemoryFailureMsg(w: XdrWriter, value: T.DomainEventMemoryFailureMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.int(value.recipient)
  w.int(value.action)
  w.uint(value.flags)
}
export function writeConnectSecretEventRegisterAnyArgs(w: XdrWriter, value: T.ConnectSecretEventRegisterAnyArgs): void {
  w.int(value.eventID)
  w.optional(value.secret, (w, v) => writeSecretHandle(w, v))
}
export function writeConnectSecretEventRegisterAnyRet(w: XdrWriter, value: T.ConnectSecretEventRegisterAnyRet): void {
  w.int(value.callbackID)
}
export function writeConnectSecretEventDeregisterAnyArgs(w: XdrWriter, value: T.ConnectSecretEventDeregisterAnyArgs): void {
  w.int(value.callbackID)
}
export function writeSecretEventLifecycleMsg(w: XdrWriter, value: T.SecretEventLifecycleMsg): void {
  w.int(value.callbackID)
  writeSecretHandle(w, value.secret)
  w.int(value.event)
  w.int(value.detail)
}
export function writeSecretEventValueChangedMsg(w: XdrWriter, value: T.SecretEventValueChangedMsg): void {
  w.int(value.callbackID)
  writeSecretHandle(w, value.secret)
}
export function writeDomainSetBlockThresholdArgs(w: XdrWriter, value: T.DomainSetBlockThresholdArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.dev)
  w.uhyper(value.threshold)
  w.uint(value.flags)
}
export function writeDomainSetLifecycleActionArgs(w: XdrWriter, value: T.DomainSetLifecycleActionArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.type)
  w.uint(value.action)
  w.uint(value.flags)
}
export function writeConnectCompareHypervisorCpuArgs(w: XdrWriter, value: T.ConnectCompareHypervisorCpuArgs): void {
  w.optional(value.emulator, (w, v) => w.string(v))
  w.optional(value.arch, (w, v) => w.string(v))
  w.optional(value.machine, (w, v) => w.string(v))
  w.optional(value.virttype, (w, v) => w.string(v))
  w.string(value.xmlCPU)
  w.uint(value.flags)
}
export function writeConnectCompareHypervisorCpuRet(w: XdrWriter, value: T.ConnectCompareHypervisorCpuRet): void {
  w.int(value.result)
}
export function writeConnectBaselineHypervisorCpuArgs(w: XdrWriter, value: T.ConnectBaselineHypervisorCpuArgs): void {
  w.optional(value.emulator, (w, v) => w.string(v))
  w.optional(value.arch, (w, v) => w.string(v))
  w.optional(value.machine, (w, v) => w.string(v))
  w.optional(value.virttype, (w, v) => w.string(v))
  w.array(value.xmlCPUs, 256, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeConnectBaselineHypervisorCpuRet(w: XdrWriter, value: T.ConnectBaselineHypervisorCpuRet): void {
  w.string(value.cpu)
}
export function writeNodeGetSevInfoArgs(w: XdrWriter, value: T.NodeGetSevInfoArgs): void {
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeNodeGetSevInfoRet(w: XdrWriter, value: T.NodeGetSevInfoRet): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeDomainGetLaunchSecurityInfoArgs(w: XdrWriter, value: T.DomainGetLaunchSecurityInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetLaunchSecurityInfoRet(w: XdrWriter, value: T.DomainGetLaunchSecurityInfoRet): void {
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
}
export function writeDomainSetLaunchSecurityStateArgs(w: XdrWriter, value: T.DomainSetLaunchSecurityStateArgs): void {
  writeDomainHandle(w, value.dom)
  w.array(value.params, 64, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeNwfilterBindingLookupByPortDevArgs(w: XdrWriter, value: T.NwfilterBindingLookupByPortDevArgs): void {
  w.string(value.name)
}
export function writeNwfilterBindingLookupByPortDevRet(w: XdrWriter, value: T.NwfilterBindingLookupByPortDevRet): void {
  writeNwfilterBindingHandle(w, value.nwfilter)
}
export function writeNwfilterBindingCreateXmlArgs(w: XdrWriter, value: T.NwfilterBindingCreateXmlArgs): void {
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeNwfilterBindingCreateXmlRet(w: XdrWriter, value: T.NwfilterBindingCreateXmlRet): void {
  writeNwfilterBindingHandle(w, value.nwfilter)
}
export function writeNwfilterBindingDeleteArgs(w: XdrWriter, value: T.NwfilterBindingDeleteArgs): void {
  writeNwfilterBindingHandle(w, value.nwfilter)
}
export function writeNwfilterBindingGetXmlDescArgs(w: XdrWriter, value: T.NwfilterBindingGetXmlDescArgs): void {
  writeNwfilterBindingHandle(w, value.nwfilter)
  w.uint(value.flags)
}
export function writeNwfilterBindingGetXmlDescRet(w: XdrWriter, value: T.NwfilterBindingGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeConnectListAllNwfilterBindingsArgs(w: XdrWriter, value: T.ConnectListAllNwfilterBindingsArgs): void {
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeConnectListAllNwfilterBindingsRet(w: XdrWriter, value: T.ConnectListAllNwfilterBindingsRet): void {
  w.array(value.bindings, 16384, (w, v) => writeNwfilterBindingHandle(w, v))
  w.uint(value.ret)
}
export function writeConnectGetStoragePoolCapabilitiesArgs(w: XdrWriter, value: T.ConnectGetStoragePoolCapabilitiesArgs): void {
  w.uint(value.flags)
}
export function writeConnectGetStoragePoolCapabilitiesRet(w: XdrWriter, value: T.ConnectGetStoragePoolCapabilitiesRet): void {
  w.string(value.capabilities)
}
export function writeNetworkListAllPortsArgs(w: XdrWriter, value: T.NetworkListAllPortsArgs): void {
  writeNetworkHandle(w, value.network)
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeNetworkListAllPortsRet(w: XdrWriter, value: T.NetworkListAllPortsRet): void {
  w.array(value.ports, 16384, (w, v) => writeNetworkPortHandle(w, v))
  w.uint(value.ret)
}
export function writeNetworkPortLookupByUuidArgs(w: XdrWriter, value: T.NetworkPortLookupByUuidArgs): void {
  writeNetworkHandle(w, value.network)
  w.uuid(value.uuid)
}
export function writeNetworkPortLookupByUuidRet(w: XdrWriter, value: T.NetworkPortLookupByUuidRet): void {
  writeNetworkPortHandle(w, value.port)
}
export function writeNetworkPortCreateXmlArgs(w: XdrWriter, value: T.NetworkPortCreateXmlArgs): void {
  writeNetworkHandle(w, value.network)
  w.string(value.xml)
  w.uint(value.flags)
}
export function writeNetworkPortCreateXmlRet(w: XdrWriter, value: T.NetworkPortCreateXmlRet): void {
  writeNetworkPortHandle(w, value.port)
}
export function writeNetworkPortSetParametersArgs(w: XdrWriter, value: T.NetworkPortSetParametersArgs): void {
  writeNetworkPortHandle(w, value.port)
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeNetworkPortGetParametersArgs(w: XdrWriter, value: T.NetworkPortGetParametersArgs): void {
  writeNetworkPortHandle(w, value.port)
  w.int(value.nparams)
  w.uint(value.flags)
}
export function writeNetworkPortGetParametersRet(w: XdrWriter, value: T.NetworkPortGetParametersRet): void {
  w.array(value.params, 16, (w, v) => writeTypedParam(w, v))
  w.int(value.nparams)
}
export function writeNetworkPortGetXmlDescArgs(w: XdrWriter, value: T.NetworkPortGetXmlDescArgs): void {
  writeNetworkPortHandle(w, value.port)
  w.uint(value.flags)
}
export function writeNetworkPortGetXmlDescRet(w: XdrWriter, value: T.NetworkPortGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeNetworkPortDeleteArgs(w: XdrWriter, value: T.NetworkPortDeleteArgs): void {
  writeNetworkPortHandle(w, value.port)
  w.uint(value.flags)
}
export function writeDomainCheckpointCreateXmlArgs(w: XdrWriter, value: T.DomainCheckpointCreateXmlArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.xml_desc)
  w.uint(value.flags)
}
export function writeDomainCheckpointCreateXmlRet(w: XdrWriter, value: T.DomainCheckpointCreateXmlRet): void {
  writeDomainCheckpointHandle(w, value.checkpoint)
}
export function writeDomainCheckpointGetXmlDescArgs(w: XdrWriter, value: T.DomainCheckpointGetXmlDescArgs): void {
  writeDomainCheckpointHandle(w, value.checkpoint)
  w.uint(value.flags)
}
export function writeDomainCheckpointGetXmlDescRet(w: XdrWriter, value: T.DomainCheckpointGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeDomainListAllCheckpointsArgs(w: XdrWriter, value: T.DomainListAllCheckpointsArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeDomainListAllCheckpointsRet(w: XdrWriter, value: T.DomainListAllCheckpointsRet): void {
  w.array(value.checkpoints, 16384, (w, v) => writeDomainCheckpointHandle(w, v))
  w.int(value.ret)
}
export function writeDomainCheckpointListAllChildrenArgs(w: XdrWriter, value: T.DomainCheckpointListAllChildrenArgs): void {
  writeDomainCheckpointHandle(w, value.checkpoint)
  w.int(value.need_results)
  w.uint(value.flags)
}
export function writeDomainCheckpointListAllChildrenRet(w: XdrWriter, value: T.DomainCheckpointListAllChildrenRet): void {
  w.array(value.checkpoints, 16384, (w, v) => writeDomainCheckpointHandle(w, v))
  w.int(value.ret)
}
export function writeDomainCheckpointLookupByNameArgs(w: XdrWriter, value: T.DomainCheckpointLookupByNameArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.name)
  w.uint(value.flags)
}
export function writeDomainCheckpointLookupByNameRet(w: XdrWriter, value: T.DomainCheckpointLookupByNameRet): void {
  writeDomainCheckpointHandle(w, value.checkpoint)
}
export function writeDomainCheckpointGetParentArgs(w: XdrWriter, value: T.DomainCheckpointGetParentArgs): void {
  writeDomainCheckpointHandle(w, value.checkpoint)
  w.uint(value.flags)
}
export function writeDomainCheckpointGetParentRet(w: XdrWriter, value: T.DomainCheckpointGetParentRet): void {
  writeDomainCheckpointHandle(w, value.parent)
}
export function writeDomainCheckpointDeleteArgs(w: XdrWriter, value: T.DomainCheckpointDeleteArgs): void {
  writeDomainCheckpointHandle(w, value.checkpoint)
  w.uint(value.flags)
}
export function writeDomainGetGuestInfoArgs(w: XdrWriter, value: T.DomainGetGuestInfoArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.types)
  w.uint(value.flags)
}
export function writeDomainGetGuestInfoRet(w: XdrWriter, value: T.DomainGetGuestInfoRet): void {
  w.array(value.params, 2048, (w, v) => writeTypedParam(w, v))
}
export function writeConnectSetIdentityArgs(w: XdrWriter, value: T.ConnectSetIdentityArgs): void {
  w.array(value.params, 20, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeDomainAgentSetResponseTimeoutArgs(w: XdrWriter, value: T.DomainAgentSetResponseTimeoutArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.timeout)
  w.uint(value.flags)
}
export function writeDomainAgentSetResponseTimeoutRet(w: XdrWriter, value: T.DomainAgentSetResponseTimeoutRet): void {
  w.int(value.result)
}
export function writeDomainBackupBeginArgs(w: XdrWriter, value: T.DomainBackupBeginArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.backup_xml)
  w.optional(value.checkpoint_xml, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainBackupGetXmlDescArgs(w: XdrWriter, value: T.DomainBackupGetXmlDescArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainBackupGetXmlDescRet(w: XdrWriter, value: T.DomainBackupGetXmlDescRet): void {
  w.string(value.xml)
}
export function writeDomainAuthorizedSshKeysGetArgs(w: XdrWriter, value: T.DomainAuthorizedSshKeysGetArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.user)
  w.uint(value.flags)
}
export function writeDomainAuthorizedSshKeysGetRet(w: XdrWriter, value: T.DomainAuthorizedSshKeysGetRet): void {
  w.array(value.keys, 2048, (w, v) => w.string(v))
}
export function writeDomainAuthorizedSshKeysSetArgs(w: XdrWriter, value: T.DomainAuthorizedSshKeysSetArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.user)
  w.array(value.keys, 2048, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeDomainGetMessagesArgs(w: XdrWriter, value: T.DomainGetMessagesArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
export function writeDomainGetMessagesRet(w: XdrWriter, value: T.DomainGetMessagesRet): void {
  w.array(value.msgs, 2048, (w, v) => w.string(v))
}
export function writeDomainStartDirtyRateCalcArgs(w: XdrWriter, value: T.DomainStartDirtyRateCalcArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.seconds)
  w.uint(value.flags)
}
export function writeDomainGraphicsReloadArgs(w: XdrWriter, value: T.DomainGraphicsReloadArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.type)
  w.uint(value.flags)
}
export function writeDomainEventMemoryDeviceSizeChangeMsg(w: XdrWriter, value: T.DomainEventMemoryDeviceSizeChangeMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.alias)
  w.uhyper(value.size)
}
export function writeDomainFdAssociateArgs(w: XdrWriter, value: T.DomainFdAssociateArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.name)
  w.uint(value.flags)
}
export function writeDomainGetAutostartOnceArgs(w: XdrWriter, value: T.DomainGetAutostartOnceArgs): void {
  writeDomainHandle(w, value.dom)
}
export function writeDomainGetAutostartOnceRet(w: XdrWriter, value: T.DomainGetAutostartOnceRet): void {
  w.int(value.autostart)
}
export function writeDomainSetAutostartOnceArgs(w: XdrWriter, value: T.DomainSetAutostartOnceArgs): void {
  writeDomainHandle(w, value.dom)
  w.int(value.autostart)
}
export function writeDomainEventNicMacChangeMsg(w: XdrWriter, value: T.DomainEventNicMacChangeMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.alias)
  w.string(value.oldMAC)
  w.string(value.newMAC)
}
export function writeTypedParamValue(w: XdrWriter, value: T.TypedParamValue): void {
  w.int(value.type)
  switch (value.type) {
    case 1: return w.int(value.value)
    case 2: return w.uint(value.value)
    case 3: return w.hyper(value.value)
    case 4: return w.uhyper(value.value)
    case 5: return w.double(value.value)
    case 6: return w.int(value.value)
    case 7: return w.string(value.value)
  }
}
export function writeDomainEventVcpuRemovedMsg(w: XdrWriter, value: T.DomainEventVcpuRemovedMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.uint(value.vcpuid)
}
export function writeDomainEventCallbackChannelLifecycleMsg(w: XdrWriter, value: T.DomainEventCallbackChannelLifecycleMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.channelName)
  w.int(value.state)
  w.int(value.reason)
}
export function writeDomainAnnounceInterfaceArgs(w: XdrWriter, value: T.DomainAnnounceInterfaceArgs): void {
  writeDomainHandle(w, value.dom)
  w.optional(value.device, (w, v) => w.string(v))
  w.array(value.params, 33554408, (w, v) => writeTypedParam(w, v))
  w.uint(value.flags)
}
export function writeQemuDomainMonitorCommandArgs(w: XdrWriter, value: T.QemuDomainMonitorCommandArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.cmd)
  w.uint(value.flags)
}
export function writeQemuDomainMonitorCommandRet(w: XdrWriter, value: T.QemuDomainMonitorCommandRet): void {
  w.string(value.result)
}
export function writeQemuDomainAttachArgs(w: XdrWriter, value: T.QemuDomainAttachArgs): void {
  w.uint(value.pid_value)
  w.uint(value.flags)
}
export function writeQemuDomainAttachRet(w: XdrWriter, value: T.QemuDomainAttachRet): void {
  writeDomainHandle(w, value.dom)
}
export function writeQemuDomainAgentCommandArgs(w: XdrWriter, value: T.QemuDomainAgentCommandArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.cmd)
  w.int(value.timeout)
  w.uint(value.flags)
}
export function writeQemuDomainAgentCommandRet(w: XdrWriter, value: T.QemuDomainAgentCommandRet): void {
  w.optional(value.result, (w, v) => w.string(v))
}
export function writeQemuConnectDomainMonitorEventRegisterArgs(w: XdrWriter, value: T.QemuConnectDomainMonitorEventRegisterArgs): void {
  w.optional(value.dom, (w, v) => writeDomainHandle(w, v))
  w.optional(value.event, (w, v) => w.string(v))
  w.uint(value.flags)
}
export function writeQemuConnectDomainMonitorEventRegisterRet(w: XdrWriter, value: T.QemuConnectDomainMonitorEventRegisterRet): void {
  w.int(value.callbackID)
}
export function writeQemuConnectDomainMonitorEventDeregisterArgs(w: XdrWriter, value: T.QemuConnectDomainMonitorEventDeregisterArgs): void {
  w.int(value.callbackID)
}
export function writeQemuDomainMonitorEventMsg(w: XdrWriter, value: T.QemuDomainMonitorEventMsg): void {
  w.int(value.callbackID)
  writeDomainHandle(w, value.dom)
  w.string(value.event)
  w.hyper(value.seconds)
  w.uint(value.micros)
  w.optional(value.details, (w, v) => w.string(v))
}
export function writeQemuDomainMonitorCommandWithFilesArgs(w: XdrWriter, value: T.QemuDomainMonitorCommandWithFilesArgs): void {
  writeDomainHandle(w, value.dom)
  w.string(value.cmd)
  w.uint(value.flags)
}
export function writeQemuDomainMonitorCommandWithFilesRet(w: XdrWriter, value: T.QemuDomainMonitorCommandWithFilesRet): void {
  w.string(value.result)
}
export function writeLxcDomainOpenNamespaceArgs(w: XdrWriter, value: T.LxcDomainOpenNamespaceArgs): void {
  writeDomainHandle(w, value.dom)
  w.uint(value.flags)
}
