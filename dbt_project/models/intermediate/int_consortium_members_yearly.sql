{# Schools of a consortium in a school year: members on 1 September, or on the founding day when that is later. #}

with

members as (
    select * from {{ ref('int_consortium_members_placed') }}
),

activities as (
    select * from {{ ref('stg_consortium_activities') }}
),

founded as (
    select
        consortium_code,
        min(joined_on) as founded_on,
        max(last_day) as last_day
    from members
    group by consortium_code
),

years as (
    select school_year from {{ ref('dim_school_year') }}
    union
    select school_year from activities
    union
    select {{ school_year_of('joined_on') }} as school_year from members
),

dated as (
    select
        founded.consortium_code,
        years.school_year,
        founded.founded_on,
        greatest(make_date(years.school_year, 9, 1), founded.founded_on) as as_at
    from founded
    inner join years
        on founded.founded_on < make_date(years.school_year + 1, 9, 1)
            and founded.last_day >= make_date(years.school_year, 9, 1)
),

final as (
    select
        dated.consortium_code,
        dated.school_year,
        members.school_code,
        dated.founded_on,
        dated.as_at,
        members.role,
        members.joined_on,
        members.left_on,
        members.round,
        members.is_beyond_county
    from dated
    inner join members
        on dated.consortium_code = members.consortium_code
            and dated.as_at between members.joined_on and members.last_day
    qualify row_number() over (
            partition by dated.consortium_code, dated.school_year, members.school_code
            order by members.joined_on desc
        ) = 1
)

select * from final
