/** Pools and volumes of a demo host, put together from their parts. */
import type { StorageSession } from '../../storage-session'
import type { FakeHost } from '../fake-host'
import { storageModelOf } from './model'
import { poolsPart } from './pools'
import { volumesPart } from './volumes'
import { transfersPart } from './volume-transfers'

/** `answerTime` ends when the host would answer, or tells why it does not. */
export function fakeStorage(host: FakeHost, answerTime: () => Promise<void>): StorageSession {
  const storage = storageModelOf(host)
  const volumes = volumesPart(storage, answerTime)
  return {
    ...poolsPart(storage, answerTime, volumes.usage),
    ...volumes,
    ...transfersPart(storage, answerTime),
  }
}
