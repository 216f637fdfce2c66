/** How often hosts are asked for loads, as the user wants it: kept, and taken up at once. */
import { usualPolling, type Polling } from '../../shared/model/polling'
import type { PollingPace } from '../hosts/polling-pace'
import type { Settings } from './settings'

export class PollingSettings {
  constructor(
    private readonly settings: Settings,
    private readonly pace: Pick<PollingPace, 'set'>,
    private readonly changed: (polling: Polling) => void,
  ) {}

  get(): Polling {
    return this.settings.data.polling ?? usualPolling
  }

  async set(wanted: Polling): Promise<void> {
    this.pace.set(wanted)
    this.changed(wanted)
    await this.settings.update((data) => ({ ...data, polling: wanted }))
  }
}
