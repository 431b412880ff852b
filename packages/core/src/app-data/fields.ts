import { type Check, flag, listOf, text, wish } from '../field/checks.ts'
import { extinfo } from './extinfo.ts'

const tracking = wish(1, 0, 0)

/** The keys of `app_data`. Source: Meta, App Data Parameters, read 2026-09; the last five: Meta's SDKs. */
export const APP_DATA_FIELDS: Readonly<Record<string, Check>> = {
  advertiser_tracking_enabled: tracking,
  application_tracking_enabled: tracking,
  extinfo,
  campaign_ids: text,
  install_referrer: text,
  installer_package: text,
  url_schemes: listOf(text),
  vendor_id: text,
  windows_attribution_id: text,
  app_user_id: text,
  consider_views: flag,
  include_dwell_data: flag,
  include_video_data: flag,
  receipt_data: text,
}
