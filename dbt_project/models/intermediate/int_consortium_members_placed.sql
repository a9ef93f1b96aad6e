{# Memberships that count, a row a consortium, school and joining day; a later list replaces a consortium's earlier. #}

with

listed as (
    select * from {{ ref('stg_consortium_members') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

registered as (
    select distinct school_code from {{ ref('int_sites_placed') }}
),

placed as (
    select
        listed.consortium_code,
        resolved.school_code,
        listed.school_ref,
        listed.consortium_name,
        listed.kind,
        listed.mode,
        listed.role,
        listed.joined_on,
        listed.left_on,
        listed.round,
        registered.school_code is null as is_beyond_county,
        coalesce(listed.left_on, date '9999-12-31') as last_day,
        listed.import_id,
        listed.import_seq,
        listed.replaces,
        listed.file_name,
        listed.sheet_name,
        listed.source_row
    from listed
    inner join resolved on listed.school_year = resolved.school_year and listed.school_ref = resolved.school_ref
    left join registered on resolved.school_code = registered.school_code
),

final as (
    select *
    from placed
    qualify {{ is_current('consortium_code', 'consortium_code, school_code, joined_on') }}
)

select * from final
