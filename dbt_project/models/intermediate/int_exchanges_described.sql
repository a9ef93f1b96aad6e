{#
    One row a stay with what rosters say of the teacher: the listing at the sending school in that year, else
    there in the nearest year, else in that year elsewhere, else the nearest. `is_pooled` says that the teacher
    belongs to the pool of the sending school; of several counted stays in a year the first is `is_deciding`.
#}

with

exchanges as (
    select * from {{ ref('int_exchanges_current') }}
),

listed as (
    select * from {{ ref('int_roster_listings_placed') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

compulsory as (
    select distinct
        school_year,
        school_code
    from {{ ref('int_site_stages_reported') }}
    where stage in ('primary', 'junior')
    union
    select distinct
        school_year,
        school_code
    from listed
    where is_compulsory
),

placed as (
    select
        exchanges.*,
        senders.school_code is not null as is_sender_registered,
        coalesce(senders.counted_code, exchanges.from_code) as from_school,
        coalesce(hosts.counted_code, exchanges.to_code) as to_school,
        coalesce(parents.ownership, senders.ownership, '公办') = '公办' and compulsory.school_code is not null
            as is_sender_pooled
    from exchanges
    left join sites as senders
        on exchanges.school_year = senders.school_year and exchanges.from_code = senders.school_code
    left join sites as parents
        on senders.school_year = parents.school_year and senders.counted_code = parents.school_code
    left join sites as hosts on exchanges.school_year = hosts.school_year and exchanges.to_code = hosts.school_code
    left join compulsory
        on senders.school_year = compulsory.school_year and senders.counted_code = compulsory.school_code
),

described as (
    select
        placed.*,
        listed.school_year as listed_year,
        listed.stage,
        coalesce(listed.subject_group, 'unknown') as subject_group,
        listed.subject,
        listed.birth_month,
        listed.is_backbone,
        coalesce(listed.school_code = placed.from_school, false) as is_listed_by_sender,
        listed.is_full_time and listed.is_compulsory as is_pool_teacher
    from placed
    left join listed on placed.teacher_key = listed.teacher_key
    qualify row_number() over (
            partition by
                placed.school_year,
                placed.teacher_key,
                placed.from_code,
                placed.to_code,
                placed.start_date,
                placed.exchange_type
            order by
                case
                    when listed.school_code = placed.from_school and listed.school_year = placed.school_year then 1
                    when listed.school_code = placed.from_school then 2
                    when listed.school_year = placed.school_year then 3
                    else 4
                end,
                abs(listed.school_year - placed.school_year),
                listed.school_year,
                listed.site_code
        ) = 1
),

judged as (
    select
        *,
        is_sender_pooled and (is_pool_teacher or not is_listed_by_sender) as is_pooled
    from described
),

final as (
    select
        * exclude (is_sender_pooled, is_pool_teacher),
        is_counted and is_pooled and row_number() over (
            partition by school_year, teacher_key, is_counted and is_pooled
            order by start_date nulls last, from_code, to_code, exchange_type
        ) = 1 as is_deciding
    from judged
)

select * from final
