import type { Capi } from '@capi/core'

/** The mobile app's own server reports what happened in the app. */
export async function levelReached(capi: Capi, device: { adId: string; level: number }) {
  return await capi.track(
    'LevelReached',
    { level: device.level },
    {
      action_source: 'app',
      app_data: {
        advertiser_tracking_enabled: true,
        application_tracking_enabled: true,
        extinfo: { version: 'i2', os_version: '19.1', package_name: 'com.example.game' },
      },
      user_data: { madid: device.adId },
    },
  )
}
